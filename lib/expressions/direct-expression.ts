/**
 * Resolves the commonest expressions from the items themselves: a value of the item or of another
 * node's item, alone (`{{ $json.some.path }}`) or between texts (`SHOP-{{ $json.no }}`).
 *
 * Only plain JSON is read, by keys that mean nothing else to JavaScript or to n8n; everything else is
 * left to n8n. `npm run test:expressions` compares the values with n8n's on real hosts, engine by
 * engine.
 */
import { type OtherItem, itemPathOf } from './item-path';
import type { Items } from './items';
import { isJson, LEFT_TO_N8N, memberOf } from './plain-json';
import { compile, type Resolver } from './template';

/** The time of a look-up: nothing in an item changes within one moment. */
export interface Moment {
	readonly item: number;
	readonly number: number;
}

/** One step into an item. Paths share their beginnings, which are read once in a moment. */
class Way {
	private readonly steps = new Map<string, Way>();
	private known = -1;
	private found: unknown;

	private constructor(private readonly look: (moment: Moment) => unknown) {}

	static from(json: (item: number) => unknown): Way {
		return new Way(({ item }) => json(item));
	}

	to(keys: readonly string[]): Way {
		return keys.reduce<Way>((way, key) => way.step(key), this);
	}

	private step(key: string): Way {
		let step = this.steps.get(key);
		if (!step) this.steps.set(key, (step = new Way((moment) => memberOf(this.at(moment), key))));
		return step;
	}

	/** What lies there, the object itself, or `LEFT_TO_N8N`. */
	at(moment: Moment): unknown {
		if (this.known !== moment.number) {
			this.known = moment.number;
			this.found = this.look(moment);
		}
		return this.found;
	}
}

/** Compiles parameters; those of one node share the ways into its items. */
export class DirectExpressions {
	private readonly beginnings = new Map<string, Way>();

	constructor(private readonly items: Items) {}

	/** {@link compile} for expressions that only point into items. */
	compile(stored: unknown): Resolver<Moment> | undefined {
		return compile(stored, (code) => {
			const path = itemPathOf(code);
			const way = path && this.beginningOf(path.from).to(path.keys);
			return way && ((moment) => jsonOnly(way.at(moment)));
		});
	}

	private beginningOf(from: OtherItem | undefined): Way {
		const name = from ? `${from.which} ${from.node}` : '';
		let way = this.beginnings.get(name);
		if (!way) {
			const { items } = this;
			way = Way.from(from ? (item) => items.other(from, item) : (item) => items.json(item));
			this.beginnings.set(name, way);
		}
		return way;
	}
}

const jsonOnly = (value: unknown) => (isJson(value) ? value : LEFT_TO_N8N);
