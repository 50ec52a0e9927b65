import { checkRules } from './check-rules.ts';
import { addRevealButtons } from './reveal-password.ts';
import { countDown, showLocalTimes } from './show-times.ts';

// The pages work without this script; it only makes them more comfortable.
addRevealButtons();
checkRules();
showLocalTimes();
countDown();
