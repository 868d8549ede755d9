import type { Settings } from './settings';

/** The sandbox's time. `dateOffsetSeconds` puts the vendor's clock wrong, never the pace of things. */
export class Clock {
	private headerSecond = Number.NaN;
	private headerText = '';

	constructor(private readonly settings: Settings) {}

	/** Time in milliseconds for everything that has a duration: real time, unless `aheadMs` puts it forward. */
	elapsed(): number {
		return Date.now() + this.settings.aheadMs;
	}

	/** What the vendor believes the time is, in milliseconds. */
	now(): number {
		return Date.now() + this.settings.dateOffsetSeconds * 1000;
	}

	/** The vendor's view of a moment of `elapsed`. */
	stamp(moment: number): string {
		return zonelessStamp(moment + this.settings.dateOffsetSeconds * 1000);
	}

	/** Text of the Date header; made once a second, since every answer carries it. */
	dateHeader(): string {
		const second = Math.floor(this.now() / 1000);
		if (second !== this.headerSecond) {
			this.headerSecond = second;
			this.headerText = new Date(second * 1000).toUTCString();
		}
		return this.headerText;
	}
}

/** `YYYY-MM-DD HH:MM:SS` without a zone [doc]. That it is UTC here is ASSUMED. */
function zonelessStamp(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
