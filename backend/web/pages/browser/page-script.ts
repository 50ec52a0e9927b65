import { countDown } from './show-times.ts';
import { showLocalTimes } from './local-times.ts';
import { addRevealButtons } from './reveal-password.ts';
import { checkRules } from './check-rules.ts';

// Everything on the pages works without this; it only makes it more comfortable.
addRevealButtons();
checkRules();
showLocalTimes();
countDown();
