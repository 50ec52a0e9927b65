/**
 * Characters that are not confused on the phone, on paper or on a screen: no I l 1, no O o 0, no B 8, S 5, Z 2, no 9 (g q), no 6 (G), no ! (i), and no capital
 * that differs from its lower-case letter in size only.
 */
export const upper = 'ADEFGHJLMNQRTY';
export const lower = 'abcdefghijkmnpqrstuvwxyz';
export const digits = '347';
export const signs = '+=?#%*';
