/** TW's amounts in both forms: exact text to book with, numbers to compare with. */
import { decimalText } from '../../base/money';

/**
 * For each money member: the member as exact decimal text, and `<member>_number`.
 *
 * @param entry an invoice or a line of one
 * @param members those of its members that hold money; what is no amount is left as TW sent it
 */
export function moneyMembers(
	entry: Record<string, unknown>,
	members: readonly string[],
): Record<string, string | number> {
	const amounts: Record<string, string | number> = {};
	for (const member of members) {
		const text = decimalText(entry[member]);
		if (text === undefined) continue;
		amounts[member] = text;
		amounts[`${member}_number`] = Number(text);
	}
	return amounts;
}
