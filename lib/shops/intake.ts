/**
 * Bounds what deliveries take of n8n's memory: how much of them is read at once, over all Shop Triggers of
 * the process. Anybody can send to a webhook, and a signature is checked only when all is read.
 */
import type { Readable } from 'node:stream';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { MAX_BODY_BYTES } from './admission';
import type { Shop } from './order';

/** What is in hand at once; bytes. One of the largest costs n8n some ten times its length until it is stored. */
export const INTAKE_BYTES = 4 * MAX_BODY_BYTES;

/** What n8n's own objects for a delivery come to at least; bytes. */
const LEAST_BYTES = 64 * 1024;

/** Larger than nearly all orders; those that are leave a quarter to the others. Bytes. */
const USUAL_BYTES = 256 * 1024;

/** More deliveries than this do not wait: their connections take memory too. */
const MOST_WAITING = 500;

/** A body that takes longer comes from nobody who waits for an answer. In ticks: a busy n8n has fewer. */
const MOST_TICKS = 20;

/** By then a body must be on course to arrive in time, or make way for those that wait. In ticks. */
const QUICK_TICKS = 2;

/** How long deliveries may take; milliseconds. A setting, so that tests need not wait, or be quick. */
export interface Patience {
	/** How often a body is asked how far it is. */
	tick: number;
	/** How long a delivery may wait for its turn. */
	turn: Readonly<Record<Shop, number>>;
}

/**
 * Shopify hangs up after 5 s [documented]. Stripe and WooCommerce wait longer (ASSUMED: 10 s and more), and
 * WooCommerce switches a webhook off after five failed deliveries [documented].
 */
export const PATIENCE: Patience = {
	tick: 250,
	turn: { shopify: 1_500, stripe: 4_000, woocommerce: 8_000 },
};

interface Waiting {
	bytes: number;
	enter: () => void;
}

export class Intake {
	/** Bytes in hand. */
	used = 0;
	/** The most there ever were. */
	peak = 0;
	private readonly waiting: Waiting[] = [];

	constructor(private readonly most = INTAKE_BYTES) {}

	/**
	 * Waits for room.
	 *
	 * @param length the body's, as its sender says; the longest that is read, if it does not
	 * @param ms how long to wait
	 * @param signal fires when the sender has hung up
	 * @returns what gives the room back; undefined if there was none in time
	 */
	async enter(
		length: number | undefined,
		ms: number,
		signal: AbortSignal,
	): Promise<(() => void) | undefined> {
		const bytes = Math.max(LEAST_BYTES, length ?? MAX_BODY_BYTES);
		if (this.fits(bytes)) this.take(bytes);
		else if (this.waiting.length >= MOST_WAITING || !(await this.turn(bytes, ms, signal))) return;
		let isIn = true;
		return () => {
			if (!isIn) return;
			isIn = false;
			this.used -= bytes;
			this.letIn();
		};
	}

	/**
	 * Whoever is let in has the room taken for it already. The timer is our own: Node 22 may collect that of a
	 * combined signal (`AbortSignal.any`), which then never fires.
	 */
	private async turn(bytes: number, ms: number, signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) return false;
		return await new Promise((resolve) => {
			const one = { bytes, enter: () => end(true) };
			const end = (isIn: boolean) => {
				clearTimeout(patience);
				signal.removeEventListener('abort', leave);
				resolve(isIn);
			};
			const leave = () => {
				this.waiting.splice(this.waiting.indexOf(one), 1);
				end(false);
			};
			const patience = setTimeout(leave, ms);
			signal.addEventListener('abort', leave);
			this.waiting.push(one);
		});
	}

	/** The first come first; what is too large for now does not hold up the smaller ones behind it. */
	private letIn(): void {
		for (const one of [...this.waiting]) {
			if (!this.fits(one.bytes)) continue;
			this.waiting.splice(this.waiting.indexOf(one), 1);
			this.take(one.bytes);
			one.enter();
		}
	}

	/** Whether somebody waits for room. */
	get isWanted(): boolean {
		return this.waiting.length > 0;
	}

	private fits(bytes: number): boolean {
		const spare = bytes > USUAL_BYTES ? this.most / 4 : 0;
		return this.used + bytes <= this.most - spare;
	}

	private take(bytes: number): void {
		this.used += bytes;
		this.peak = Math.max(this.peak, this.used);
	}
}

/** That of this process. */
export const intake = new Intake();

export type BodyReading =
	{ body: Buffer } | { problem: 'too large' | 'incomplete' | 'too slow' | 'made way' };

/**
 * Reads a body that is no longer than allowed, and comes in time. n8n's own reading has another limit and
 * no time, and keeps the bytes for as long as the flow runs. While others wait for room, a body that comes
 * too slowly makes way: else a few senders that never finish would keep everybody out.
 *
 * @param length the body's, as its sender says; the longest that is read, if it does not
 * @param tick see {@link Patience}
 */
export async function readBody(
	stream: Readable,
	length = MAX_BODY_BYTES,
	tick = PATIENCE.tick,
): Promise<BodyReading> {
	const chunks: Buffer[] = [];
	let size = 0;
	let ticks = 0;
	return await new Promise((resolve) => {
		const end = (reading: BodyReading) => {
			clearInterval(timer);
			stream.off('data', take).off('end', whole).off('close', broken).pause();
			resolve(reading);
		};
		const take = (chunk: Buffer) => {
			size += chunk.length;
			if (size > MAX_BODY_BYTES) end({ problem: 'too large' });
			else chunks.push(chunk);
		};
		const whole = () => end({ body: Buffer.concat(chunks) });
		const broken = () => end({ problem: 'incomplete' });
		const timer = setInterval(() => {
			ticks++;
			const isOnCourse = ticks < QUICK_TICKS || size * MOST_TICKS >= length * ticks;
			if (ticks === MOST_TICKS) end({ problem: 'too slow' });
			else if (intake.isWanted && !isOnCourse) end({ problem: 'made way' });
		}, tick);
		if (stream.destroyed) return broken();
		// A stream that breaks without a listener for it would end the process; 'close' follows
		stream.on('error', () => undefined);
		stream.on('data', take).once('end', whole).once('close', broken);
	});
}
