/** A body in which a shop tells all that it can, with a value of its own in each place. */
import type { Shop } from '../../../lib/shops/order';
import type { Json } from '../json';

export interface Specimen {
	/** The shop's own name of the event. */
	topic: string;
	/** What the page calls such a body; those of one kind tell the same members. */
	kind: string;
	body: Json;
	/** The members of the order for which it is here; all if it is left out. */
	adds?: readonly string[];
	/** Where the shop's object stands in the body. */
	within?: readonly string[];
}

export interface ShopSpecimens {
	shop: Shop;
	/** What most of the bodies are, which the page need not name. */
	usual: string;
	/** Later ones of a kind add what is taken where the earlier ones' members are not told. */
	all: readonly Specimen[];
}
