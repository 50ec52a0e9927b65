/**
 * The public key (Ed25519, PEM) that verifies the feeds of updates. The build replaces this module by its value, so that a package keeps the key it was built with;
 * without one it finds no updates.
 */
export const updatePublicKey = process.env['RESET_DESK_UPDATE_PUBLIC_KEY'] ?? '';
