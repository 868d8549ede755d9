import type { Settings } from './settings';

/** The sandbox's time. `dateOffsetSeconds` puts the vendor's clock wrong, never the pace of things. */
export class Clock {
	private headerSecond = Number.NaN;
	private headerText = '';

	constructor(private readonly settings: Settings) {}

	/** Real time in milliseconds, for everything that has a duration. */
	elapsed(): number {
		return Date.now();
	}

	/** What the vendor believes the time is, in milliseconds. */
	now(): number {
		return Date.now() + this.settings.dateOffsetSeconds * 1000;
	}

	/** The vendor's view of a moment of real time. */
	stamp(realTime: number): string {
		return zonelessStamp(realTime + this.settings.dateOffsetSeconds * 1000);
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
