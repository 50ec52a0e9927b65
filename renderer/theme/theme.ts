import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';

/** Teal marks only the next action, the selection and focus. Contrast is 4.5:1 with white text (light scheme) and dark text (dark scheme). */
const desk: MantineColorsTuple = [
  '#e3f5f2', '#c6ebe6', '#93dad1', '#5fccc0', '#2cc0b1', '#12a294', '#00857a', '#007168', '#005d56', '#004943',
]; // prettier-ignore

/** Greys of the dark scheme with a touch of teal: text, edges, controls, background. */
const dark: MantineColorsTuple = [
  '#e6ebea', '#c2cac9', '#a3adac', '#7b8685', '#414a4b', '#2a3132', '#171c1c', '#121616', '#0e1212', '#0a0d0d',
]; // prettier-ignore

/** Red marks only refused and failed. Contrast is 4.5:1 with white text (light scheme) and dark text (dark scheme). */
const red: MantineColorsTuple = [
  '#fdecea', '#fbd5d1', '#f7aca5', '#ff8a80', '#e8604f', '#d23b2b', '#b42318', '#98190f', '#7d130b', '#640e08',
]; // prettier-ignore

export const theme = createTheme({
  primaryColor: 'desk',
  colors: { desk, dark, red },
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const primary = input.color === undefined || input.color === input.theme.primaryColor;
    // Mantine applies the light scheme's contrast to both schemes; in the dark scheme, teal and red have dark text.
    if (input.variant === 'filled' && primary)
      return { ...colours, color: 'var(--mantine-primary-color-contrast)' };
    if (input.variant === 'filled' && input.color === 'red')
      return { ...colours, color: 'var(--desk-red-contrast)' };
    // A subtle button is never the next action, so it is not teal.
    if (input.variant === 'subtle' && primary)
      return { ...colours, color: 'var(--mantine-color-text)', hover: 'var(--mantine-color-default-hover)' };
    return colours;
  },
  luminanceThreshold: 0.3,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true } },
    // Rendered inside its landmark, as screen readers and axe expect.
    Tooltip: { defaultProps: { withinPortal: false, openDelay: 300, transitionProps: { duration: 0 } } },
    Anchor: { defaultProps: { underline: 'always', c: 'inherit' } },
    // Named, so that the colour rules above apply.
    Chip: { defaultProps: { variant: 'filled' } },
    Kbd: { defaultProps: { className: 'key' } },
    Skeleton: { defaultProps: { animate: true } },
  },
});

/** Text greys with 4.5:1 and edges with 3:1; Mantine's own have less. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f8f9fa',
    '--mantine-color-default': '#ffffff',
    '--mantine-color-default-hover': '#f0f2f4',
    '--mantine-color-dimmed': '#57606a',
    '--mantine-color-placeholder': '#666e77',
    '--mantine-color-error': '#b42318',
    '--mantine-color-red-text': '#b42318',
    '--mantine-color-red-filled': '#b42318',
    '--mantine-color-red-filled-hover': '#98190f',
    '--desk-red-contrast': '#ffffff',
    '--mantine-color-default-border': '#dde1e5',
    '--mantine-color-desk-light': '#e1f4f1',
    '--desk-edge': '#868e96',
    '--desk-good': '#0b6b3a',
    '--desk-warn': '#7a4d00',
    '--desk-warn-ground': '#fff4db',
    '--desk-warn-edge': '#f0d48a',
    '--desk-track': '#e4e8eb',
    '--desk-paper': '#ffffff',
    '--drill-ground': '#ece9fb',
    '--drill-edge': '#6b4fc8',
    '--drill-text': '#43308f',
  },
  dark: {
    '--mantine-color-body': '#121616',
    '--mantine-color-default': '#1c2122',
    '--mantine-color-default-hover': '#262d2e',
    '--mantine-color-text': '#e6e8eb',
    '--mantine-color-dimmed': '#a6adb5',
    '--mantine-color-placeholder': '#9098a0',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-red-text': '#ff8a80',
    '--mantine-color-red-filled': '#ff8a80',
    '--mantine-color-red-filled-hover': '#ffa39b',
    '--desk-red-contrast': '#2a0906',
    '--mantine-color-default-border': '#333b3c',
    '--mantine-color-desk-light': '#102e2c',
    '--mantine-color-desk-light-color': '#2cc0b1',
    '--desk-edge': '#7d858d',
    '--desk-good': '#6fd39b',
    '--desk-warn': '#ffd27a',
    '--desk-warn-ground': '#33290f',
    '--desk-warn-edge': '#5c4a1c',
    '--desk-track': '#343c3d',
    '--desk-paper': '#1c2122',
    '--drill-ground': '#251f3d',
    '--drill-edge': '#9d86ef',
    '--drill-text': '#cfc3ff',
  },
});

/** Main sets the colour scheme of the window; the page follows it and stores nothing. */
export const followSystem: MantineColorSchemeManager = {
  get: (otherwise) => otherwise,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
