import { html, nothing, type Markup } from './markup.ts';
import { texts } from './texts.ts';

/** The box that the user must tick before the button has an effect, because mail scanners press buttons; with a message if it was not ticked. */
export const confirmBox = (label: string, wasMissing: boolean): Markup =>
  html`${wasMissing ? html`<p class="bad" role="alert" id="missing">${texts.frame.tickFirst}</p>` : nothing}
    <label class="choice">
      <input
        type="checkbox"
        name="confirmed"
        value="yes"
        required
        ${wasMissing ? html`aria-invalid="true" aria-describedby="missing"` : nothing}
      />
      ${label}
    </label>`;
