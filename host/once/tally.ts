import type { Sandbox } from '../../sandbox';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';

interface Row {
	title: string;
	wanted: number;
	orders: number;
	doubled: number;
	unknown: string[];
}

/** What the sandbox's ledger says of each case, checked and printed as a table. */
export class Tally {
	private readonly rows: Row[] = [];

	constructor(
		private readonly sandbox: Sandbox,
		private readonly checks: Checks,
	) {}

	/**
	 * Checks that each number is an order once, or is one of those that the flow calls unknown.
	 *
	 * @param mayBeUnknown how many at the most
	 */
	async check(
		title: string,
		numbers: readonly string[],
		unknown: readonly string[] = [],
		mayBeUnknown = 0,
	): Promise<void> {
		const wanted = new Set(numbers);
		const taken = this.sandbox.ledger().orders.flatMap(({ no }) => (wanted.has(no) ? [no] : []));
		const orders = new Set(taken).size;
		const row = {
			title,
			wanted: wanted.size,
			orders,
			doubled: taken.length - orders,
			unknown: [...unknown],
		};
		this.rows.push(row);
		await this.checks.check(`${title}: each order once`, () => {
			expectEqual('doubled orders', row.doubled, 0);
			const missing = numbers.filter((no) => !taken.includes(no) && !unknown.includes(no));
			expectEqual('orders never sent', missing.join(' '), '');
			expect(unknown.length <= mayBeUnknown, `${unknown.length} are unknown: ${unknown.join(' ')}`);
		});
	}

	print(): void {
		console.log('\n  | Case | Orders wanted | Made | Doubled | Unknown |');
		console.log('  | --- | --: | --: | --: | --- |');
		for (const { title, wanted, orders, doubled, unknown } of this.rows) {
			const named = unknown.length > 0 ? `${unknown.length}: ${unknown.join(' ')}` : '0';
			console.log(`  | ${title} | ${wanted} | ${orders} | ${doubled} | ${named} |`);
		}
		console.log('');
	}
}
