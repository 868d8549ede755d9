import type { Cents } from './money';

/** The customer's account: what forecasts in progress need is held back, so that two can't spend the same cent. */
export class Account {
	private held: Cents = 0;

	constructor(private booked: Cents) {}

	/** What is there, orders in progress not yet taken off. */
	get balance(): Cents {
		return this.booked;
	}

	/** Holds an amount back if there is enough. */
	hold(amount: Cents): boolean {
		if (this.booked - this.held < amount) return false;
		this.held += amount;
		return true;
	}

	/** Takes a held amount off. */
	charge(amount: Cents): void {
		this.held -= amount;
		this.booked -= amount;
	}

	refund(amount: Cents): void {
		this.booked += amount;
	}
}
