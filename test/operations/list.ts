/**
 * Every operation of every node, and every event of TW Trigger: what is good input, what it needs at the
 * vendor, how the vendor's ledger shows that it was done, and what comes out. The tests of this folder,
 * the matrix of test/faults and the smoke test on a real n8n all run what stands here.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationKind } from '../../lib/operation/operation';
import type { Ledger, Sandbox } from '../../sandbox';
import { allNodes } from '../../scripts/offers';
import type { nodes } from '../support';
import { kindOf } from './all';
import { tdOrderEvent } from './td';
import { tw } from './tw';

type Json = Record<string, unknown>;

/** What a run works on; each has things of its own at the vendor, told apart by `name`. */
export interface Props extends IDataObject {
	name: string;
}

/**
 * Places among the parameters, e.g. `boxes.item.0.weight`, and how a message names them, e.g.
 * `Weight of Box 1`.
 */
export type Required = Readonly<Record<string, string>>;

export interface Entry {
	/** Good ones, for an item that `prepare` gives. */
	parameters: INodeParameters;
	/** Makes at the vendor what the operation needs; gives the item that the node gets. Default: its name. */
	prepare?: (sandbox: Sandbox, name: string) => Promise<Props>;
	/** How often a write or an event took effect. */
	effects?: (ledger: Ledger, props: Props) => number;
	/**
	 * What the vendor's look-up proves of a write: that it took effect, that it did not. A look-up whose
	 * path is assumed proves neither by "not found". Default: nothing.
	 */
	provable?: ReadonlyArray<'done' | 'not done'>;
	/** It never fails, since what goes wrong is what it puts out: the `result` of its items says so. */
	tells?: true;
	/** It looks into the register alone. */
	asksNoVendor?: true;

	// What the tests of this folder need; the operations without it have tests of their own.
	/** Where its request goes. */
	path?: string;
	/** Every required field. */
	required?: Required;
	/** What a good item is to become, told from what the sandbox holds; asked for after the run. */
	expected?: (sandbox: Sandbox, props: Props, sent: Json) => Promise<Json | Json[]>;
	/** Where the vendor's no is found, if it is no failure. */
	refusal?: 'in the output';
}

/** An entry with what its node says of it. */
export interface Listed extends Entry {
	/** Node and operation. */
	title: string;
	node: keyof typeof nodes | 'twTrigger';
	/** Of a trigger, the event. */
	operation: string;
	kind: OperationKind;
	prepare: NonNullable<Entry['prepare']>;
}

/** An entry that tells what comes out. */
export interface Row extends Listed {
	node: keyof typeof nodes;
	path: string;
	required: Required;
	expected: NonNullable<Entry['expected']>;
}

export const list: readonly Listed[] = Object.entries({ ...tw, tdOrderEvent }).flatMap(
	([name, entries]) =>
		Object.entries(entries).map(([operation, entry]): Listed => {
			const node = name as Listed['node'];
			return {
				title: `${node} ${operation}`,
				node,
				operation,
				kind: node === 'twTrigger' ? 'read' : kindOf(node, operation),
				prepare: async (_sandbox, itsName) => ({ name: itsName }),
				...entry,
			};
		}),
);
assertComplete();

export const rows: readonly Row[] = list.filter((entry): entry is Row => 'expected' in entry);

export function rowOf(title: string): Row {
	const row = rows.find((each) => each.title === title);
	if (!row) throw new Error(`No entry of ${title} tells what comes out`);
	return row;
}

/** Fails if a node of the package, or what it offers, is missing, and if a write does not tell its effect. */
function assertComplete(): void {
	const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
	const { n8n } = JSON.parse(manifest) as { n8n: { nodes: string[] } };
	for (const file of n8n.nodes) {
		const [, folder = ''] = /(\w+)\.node\.js$/.exec(file)!;
		// A webhook comes in, and no request leaves
		if (folder === 'ShopTrigger') continue;
		const node = `${folder[0]!.toLowerCase()}${folder.slice(1)}`;
		for (const { value } of allNodes.find((each) => each.folder === folder)!.offers) {
			if (list.some(({ title }) => title === `${node} ${value}`)) continue;
			throw new Error(`There is no entry for ${node} ${value}: add one to test/operations/`);
		}
	}
	for (const { title, kind, effects } of list) {
		if ((kind === 'read') === (effects === undefined)) continue;
		throw new Error(`The entry of ${title} must tell the effect of a ${kind}`);
	}
}
