import { useTranslation } from 'react-i18next';

export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** Looks texts up in the catalogue by keys of the form `<file>.<path>`. */
export function useTexts(): Translate {
  const { t } = useTranslation();
  return (key, values) => String(t(key as never, values as never));
}
