import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { Settings } from '../settings';
import type { Account } from './account';
import { anyChannel, findChannel, type Channel } from './channels';
import { priceOf, type Price } from './pricing';
import {
	isFailed,
	isFinal,
	State,
	stateAfter,
	stepsTo,
	type FailedState,
	type OrderState,
} from './states';
import type { Ticket } from './ticket';
import { trackingNumber } from './tracking';

/** ASSUMED. Each box gets a tracking number, so there must be some end. */
const mostBoxes = 10_000;

/** An accepted forecast ticket and what has become of it. Times are real time in milliseconds. */
export interface Order {
	requestId: string;
	ticket: Ticket;
	channel: Channel;
	price: Price;
	acceptedAt: number;
	/** Time between two states, as it was set when the order was accepted. */
	stepMs: number;
	failure: FailedState | undefined;
	/** Its price is held back at the account, or charged already. */
	paid: boolean;
	/** One per box; empty until the forecast is completed. The first is the main number [doc]. */
	trackingNumbers: string[];
	removal: Removal | undefined;
}

/** A deletion on its way. */
export interface Removal {
	requestedAt: number;
	stepMs: number;
	refunded: boolean;
}

/** All orders. What time does to them is worked out when somebody looks: call `settle` first. */
export class OrderBook {
	private readonly byNo = new Map<string, Order[]>();
	private readonly byRequestId = new Map<string, Order>();
	private readonly byTracking = new Map<string, Order>();
	/** Orders that time still changes. */
	private readonly moving = new Set<Order>();
	private lastSerial = 0;

	constructor(
		private readonly settings: Settings,
		private readonly clock: Clock,
		private readonly account: Account,
	) {}

	/** Takes a ticket; from now on it is on its way through the states. */
	accept(ticket: Ticket): Order {
		const channel = findChannel(ticket.product) ?? anyChannel;
		const price = priceOf(ticket, channel);
		// Found out in form validation (ASSUMED), so after the ticket has been accepted
		const invalid = channel === anyChannel || price.boxes > mostBoxes;
		const order: Order = {
			requestId: randomUUID(),
			ticket,
			channel,
			price,
			acceptedAt: this.clock.elapsed(),
			stepMs: this.settings.stateStepMs,
			failure: invalid ? State.formInvalid : this.settings.forecastEnds || channel.fails,
			paid: false,
			trackingNumbers: [],
			removal: undefined,
		};
		this.byRequestId.set(order.requestId, order);
		const same = this.byNo.get(ticket.no);
		if (same) same.push(order);
		else this.byNo.set(ticket.no, [order]);
		this.moving.add(order);
		this.settle();
		return order;
	}

	/** Does what has fallen due since the last look: holds and takes money, issues numbers, refunds. */
	settle(): void {
		for (const order of this.moving) {
			this.advance(order);
			const removing = order.removal !== undefined && !order.removal.refunded;
			if (isFinal(this.state(order)) && !removing) this.moving.delete(order);
		}
	}

	/** Where the order stands now. */
	state(order: Order): OrderState {
		return stateAfter(this.steps(order), order.failure);
	}

	findRequest(requestId: string): Order | undefined {
		return this.byRequestId.get(requestId);
	}

	findTracking(number: string): Order | undefined {
		return this.byTracking.get(number);
	}

	/** Orders of this number that exist in the vendor's eyes: not failed, not removed (ASSUMED). */
	existing(no: string): Order[] {
		return this.withNo(no).filter((order) => !this.isRemoved(order));
	}

	/** The order that orderInfo shows for this number: the newest one that can be seen already (ASSUMED). */
	findVisible(no: string): Order | undefined {
		const visibleSince = this.clock.elapsed() - this.settings.orderInfoDelayMs;
		return this.withNo(no).findLast((order) => order.acceptedAt <= visibleSince);
	}

	isRemoved(order: Order): boolean {
		return (this.removalTimes(order)?.[1] ?? Infinity) <= this.clock.elapsed();
	}

	/** Asks for the deletion of an order. */
	remove(order: Order): void {
		order.removal = {
			requestedAt: this.clock.elapsed(),
			stepMs: this.settings.removalStepMs,
			refunded: false,
		};
		this.moving.add(order);
		this.settle();
	}

	/** When removal was or will be requested, done and really done; undefined if nobody asked for it. */
	removalTimes({ removal }: Order): [number, number, number] | undefined {
		if (removal === undefined) return undefined;
		const { requestedAt, stepMs } = removal;
		return [requestedAt, requestedAt + stepMs, requestedAt + 2 * stepMs];
	}

	/** All orders, oldest first. */
	all(): Iterable<Order> {
		return this.byRequestId.values();
	}

	/** A failed forecast is no order (ASSUMED). */
	private withNo(no: string): Order[] {
		return (this.byNo.get(no) ?? []).filter((order) => !isFailed(this.state(order)));
	}

	private steps(order: Order): number {
		const last = stepsTo(State.completed);
		if (order.stepMs === 0) return last;
		return Math.min(last, Math.floor((this.clock.elapsed() - order.acceptedAt) / order.stepMs));
	}

	private advance(order: Order): void {
		const { removal, price } = order;
		if (removal !== undefined && !removal.refunded && this.isRemoved(order)) {
			removal.refunded = true;
			this.account.refund(price.total);
		}

		if (order.failure !== undefined) return;
		const steps = this.steps(order);
		if (steps > stepsTo(State.checkingBalance) && !order.paid) {
			order.paid = this.account.hold(price.total);
			if (!order.paid) {
				order.failure = State.balanceShort;
				return;
			}
		}
		if (steps === stepsTo(State.completed) && order.trackingNumbers.length === 0) {
			this.account.charge(price.total);
			this.issueNumbers(order);
		}
	}

	private issueNumbers(order: Order): void {
		for (let box = 0; box < order.price.boxes; box++) {
			const number = trackingNumber(++this.lastSerial);
			order.trackingNumbers.push(number);
			this.byTracking.set(number, order);
		}
	}
}
