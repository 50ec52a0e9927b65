/**
 * Without what sounds or looks alike on the phone, on paper or on a screen: no I l 1, no O o 0, no B 8, S 5, Z 2, no g q beside a 9, no G beside a 6, no ! beside
 * an i, and no capital that differs from its small letter by size alone.
 */
export const upper = 'ADEFGHJLMNQRTY';
export const lower = 'abcdefghijkmnpqrstuvwxyz';
export const digits = '347';
export const signs = '+=?#%*';
