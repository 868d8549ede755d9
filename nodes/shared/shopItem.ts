/** Where the item of a shop is, when it is not the one that a node is given. */
import type { Before } from '../../lib/operation/operation';

const SHOP_TRIGGER = 'shopTrigger';

/**
 * What Shop Trigger gave, for an item that tells no shop's order: between the two other nodes may stand,
 * such as TW Label, whose items tell none.
 *
 * @param given what the user has given
 * @returns undefined if the user has given something else than the item, or no Shop Trigger is before it
 */
export const itemOfShop = (given: unknown, before: Before | undefined): unknown =>
	before?.(SHOP_TRIGGER, given);
