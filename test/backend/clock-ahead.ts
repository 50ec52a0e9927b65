/**
 * Loaded before a backend in a process of its own. Moves its clock forward by the milliseconds in the query of this module's address, so that waits
 * of the backend are over without a setting for tests in the product.
 */
const ahead = Number(new URL(import.meta.url).searchParams.get('by'));
const onTheWall = Date.now;
Date.now = () => onTheWall() + ahead;
