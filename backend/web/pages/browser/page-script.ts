import { countDown } from './count-down.ts';
import { showLocalTimes } from './local-times.ts';
import { offerToShow } from './offer-to-show.ts';
import { tickOffRules } from './tick-off-rules.ts';

// Everything on the pages works without this; it only makes it more comfortable.
offerToShow();
tickOffRules();
showLocalTimes();
countDown();
