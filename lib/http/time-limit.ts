/**
 * A signal that stops a transfer at its deadline, or when its caller gives it up.
 *
 * `AbortSignal.any([AbortSignal.timeout(…)])` would be the short way. But Node 20 keeps the timeout
 * only weakly then: once garbage is collected it never fires, and the transfer waits for ever.
 */
import { clearTimeout, setTimeout } from 'node:timers';
import type { Deadline } from '../base/deadline';

export class TimeLimit {
	private readonly controller = new AbortController();
	private readonly timer: NodeJS.Timeout;
	private readonly stop = () => {
		this.lift();
		this.controller.abort();
	};

	/** @param given the caller's own signal */
	constructor(
		deadline: Deadline,
		private readonly given: AbortSignal | undefined,
	) {
		this.timer = setTimeout(this.stop, Math.max(1, Math.ceil(deadline.left())));
		given?.addEventListener('abort', this.stop, { once: true });
		if (given?.aborted) this.stop();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Frees the timer and the caller's signal once the transfer has ended, well or not. */
	lift(): void {
		clearTimeout(this.timer);
		this.given?.removeEventListener('abort', this.stop);
	}
}
