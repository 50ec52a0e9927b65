import { app, nativeImage, type BrowserWindow } from 'electron';

/** A dot of 32 × 32 pixels as a PNG. Windows scales it and reads the number from its description. */
const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAADEUlEQVR4nMWXT0hUURTGv1uYYxm+TAh1yqeU0qqBgtw1LgsLpV0FushcVRJB7ZxpF0VorcrNCOouiopa+twVFIxtQoscQ0cCtRdZjUlN33m+N+OfcWacmnk/+ObcO5vzvXPPeX8UsiQej2sMx6gWSkdSQgRJPaZGlFImY0YUlRYm1gF0U+3YHCEAQaVUBGnY0AATawySuIuy+P7mPRZG3iI2No2lmTksRef5L1Dc4MXW0hJ4GqpR1twIT301/00QANBLIybjOlIasJMPUz4K5rNXmH3wPJEwE0VV5ai4cAJa81HuLMJUk0phYp0BJvcxSHItNj6NaHAAi2NT3G4eqcze2x0oqiznDibVpJQKMyZYZYDJNYYJSpNyT13tw59vP7nNnS07S+CliR2HD3AHk6pVKyqRMGAnH6Z8kvxT510u/x/77l9yTISpJmWbWGmgh+GylH2ys/efr3wtUom6oevOcQSVUgEQywCT61guPT6evZnzmWdCeqJu8BpXFrWKI+oYCAFok26fCQxwmT8qA+ec6ehXSrUrJte4+ULhw6nurEctV2RE9z8JcmWxSwy0cPEoH423EbXsBftm1SoGQmD5P995iPkhA4Wg/Iwfe66c5orHQAMG+JCZ5NX/YBUKwXaOYw3HkoyIAel+vRDn77BiGsJiIM4F3h25yN/CcfD1Pf7yPsD8rhuIAKhx6QhGxYABl5swBJfHsPA3Ipbfw2MgrWJA48K9WzF/3H0YcSEGdMDFx7FAEwHwLfhXdA4TNJGPFxI5+21Vu7lb80Ii0ID0ggHgUD4aUpLbjTdK+WnAZEwaEGwTEQBlYiIPL6VfKd1JLqwyINCEj8EATcTYC9Ebgzn3hJy599Z5p+yS3M/kYcYE6wwINKExGOBxUDCfvsRs34usR1RGraLjOLSTjdxZjFKS3GRcRUoDgm2ii+qmLKQiMqqL41P4vRBLVEaudGupB8X1XmvE7LN2CFI9qZILikoLjehY/r5rozZDPxVg4gjSoKisoBGNwY/k57lGWUdEpMQmFcHy57nBxCZjRv4CDEl5KbCuBnMAAAAASUVORK5CYII=';

const description = (waiting: number): string => `${waiting} waiting in Reset Desk`;

/**
 * Shows how many requests wait for the operator: as a number on the icon in the Dock and in docks of Linux that know the LauncherEntry API, as a dot on
 * the taskbar's button on Windows. It names neither case nor caller, because other people may see it.
 */
export function createBadge(window: () => BrowserWindow | null): (waiting: number) => void {
  return (waiting) => {
    if (process.platform !== 'win32') app.setBadgeCount(waiting);
    else if (waiting === 0) window()?.setOverlayIcon(null, '');
    else window()?.setOverlayIcon(nativeImage.createFromDataURL(dot), description(waiting));
  };
}
