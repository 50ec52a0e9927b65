import { countDown } from './show-times.ts';
import { showLocalTimes } from './local-times.ts';
import { offerToShow } from './reveal-password.ts';
import { tickOffRules } from './check-rules.ts';

// Everything on the pages works without this; it only makes it more comfortable.
offerToShow();
tickOffRules();
showLocalTimes();
countDown();
