import type { Clock } from '../clock';
import type { Account } from './account';
import { type Bill, billSeeds, type BillLine } from './bill-seeds';
import { asText } from './money';

/** The seeded bills, and those that were issued while the sandbox runs. */
export class BillBook {
	private readonly issued: Bill[] = [];
	/** Dated when the sandbox starts, so that they stay the same while it runs. */
	private readonly seeds = billSeeds(Date.now());

	constructor(
		private readonly clock: Clock,
		private readonly account: Account,
	) {}

	/** All bills, newest first. */
	get bills(): readonly Bill[] {
		return [...this.issued, ...this.seeds.bills];
	}

	/** A bill's lines; undefined for a bill that does not exist. */
	linesOf(id: number): readonly BillLine[] | undefined {
		return this.issued.some((bill) => bill.id === id) ? [] : this.seeds.lines.get(id);
	}

	/** Issues an empty bill as of now, so that a client can find something new. */
	issue(): Bill {
		const stamp = this.clock.stamp(this.clock.elapsed());
		const day = stamp.slice(0, 10);
		const balance = asText(this.account.balance);
		const bill: Bill = {
			id: this.bills[0]!.id + 1,
			bill_at: day,
			code: day.replaceAll('-', ''),
			sort: String(this.issued.filter(({ bill_at }) => bill_at === day).length + 1).padStart(
				2,
				'0',
			),
			balance_before: balance,
			charge_price: '0.00',
			refund_price: '0.00',
			balance_after: balance,
			bill_price: '0.00',
			status: 1,
			created_at: stamp,
		};
		this.issued.unshift(bill);
		return bill;
	}
}
