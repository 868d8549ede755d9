/** How messages speak of the form, and of what is wrong with an order. */
import { ValidationFault } from '../../base/errors';
import { OVERRIDE, shopForm } from './form';

const shown = shopForm(true);

/** A member of the form as the editor calls it. */
export const labelFor = (member: string): string => shown[member]?.label ?? member;
export const called = (member: string): string => `'${labelFor(member)}'`;

/** Where to give what the shop does not tell: one of these. */
export const overriding = (...members: string[]): string =>
	`${members.map(called).join(' or ')} under '${OVERRIDE.label}'`;

/**
 * @param member of the form, where it can be put right
 * @param advice what to do, as whole sentences
 */
export const problem = (message: string, member: string, advice: string): ValidationFault =>
	new ValidationFault(message, labelFor(member), `${advice} Nothing was sent for this item.`);
