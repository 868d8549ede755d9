/** The parcels of a shop's order, as the register knows them: each under its own number at TW. */
import * as z from 'zod/v4';
import { fingerprint } from '../../base/fingerprint';
import { keyOf } from '../../once/claim';
import type { Entry, Parcel, Register } from '../../register/register';
import { DAY_MS } from '../../base/durations';
import { recall, remember } from '../memory';
import type { ShopOrder } from '../order';

/** Longer than a shop changes an order, and than orders are remembered. */
const REMEMBERED_DAYS = 800;

const highest = z.object({ highest: z.number().int().catch(1) });

/** An order sent to TW, by its number there. */
export interface SentParcel {
	no: string;
	entry: Entry & { parcel: Parcel };
}

/** What an order's numbers are taken for. */
export interface Known {
	/** The order's parcels that stand, the first one first. */
	parcels: SentParcel[];
	/** What has the order's first number, if that is something else. */
	foreign?: Entry;
	/** Its first number, if that is free, or else the next one that is. */
	free: string;
}

/**
 * Tells the orders of several shops apart, however they come: from a trigger, a webhook or the shop's API. The time
 * stands by itself, since somebody may leave it out.
 */
export function printOf({ id, created_at: at }: ShopOrder): string {
	const time = Date.parse(at ?? '');
	return `${fingerprint(JSON.stringify(id))}.${Number.isNaN(time) ? '' : time}`;
}

function isSameOrder(one: string, other: string): boolean {
	const [[id, at], [otherId, otherAt]] = [one, other].map((print) => print.split('.')) as [
		string[],
		string[],
	];
	return id === otherId && (at === otherAt || !at || !otherAt);
}

/** The number of an order's parcel: `1003`, then `1003-2`. */
const numberOf = (base: string, place: number) => (place === 1 ? base : `${base}-${place}`);

export class ParcelRegister {
	/**
	 * @param account identifies the account at TW; a hash
	 * @param of print of the order
	 * @param base the order's first number at TW
	 */
	constructor(
		private readonly register: Register,
		private readonly account: string,
		private readonly of: string,
		private readonly base: string,
	) {}

	/**
	 * @param taken numbers that TW knows: those that the register does not know are somebody else's
	 * @throws {RegisterFault}
	 */
	async known(taken: ReadonlySet<string> = new Set()): Promise<Known> {
		const highest = await this.highest();
		const parcels: SentParcel[] = [];
		let foreign: Entry | undefined;
		let free: string | undefined;
		// Beyond the highest that is noted, another execution may be using the next one at this moment
		for (let place = 1; free === undefined || place <= highest; place++) {
			const no = numberOf(this.base, place);
			const entry = await this.register.find(keyOf('order', this.account, no));
			const { parcel } = entry ?? {};
			if (!entry || entry.state === 'failed') {
				if (!taken.has(no)) free ??= no;
			} else if (parcel && isSameOrder(parcel.of, this.of))
				parcels.push({ no, entry: { ...entry, parcel } });
			else if (place === 1) foreign = entry;
		}
		return { parcels, ...(foreign ? { foreign } : {}), free };
	}

	/**
	 * Notes that a number is about to be used, so that it is looked at from now on.
	 *
	 * @param execution that uses it
	 * @throws {RegisterFault}
	 */
	async note(no: string, execution: string): Promise<void> {
		if (no === this.base) return;
		const place = Number(no.slice(this.base.length + 1));
		const of = { account: this.account, execution, name: `parcels of order ${this.base}` };
		await remember(this.register, this.key, of, async (known) => {
			if (highestIn(known?.facts) >= place) return undefined;
			const until = Date.now() + REMEMBERED_DAYS * DAY_MS;
			return { facts: { highest: place }, until: Math.ceil(until) };
		});
	}

	private async highest(): Promise<number> {
		return highestIn((await recall(this.register, this.key))?.facts);
	}

	private get key(): string {
		return keyOf('memory', this.account, 'parcels', this.base);
	}
}

const highestIn = (facts: unknown): number => highest.safeParse(facts ?? {}).data?.highest ?? 1;
