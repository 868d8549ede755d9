/**
 * Goods that cost nothing, such as a free replacement. Abroad, customs want what they are worth: WTO Customs
 * Valuation Agreement, articles 2 to 7, which hold where nothing was paid [documented].
 */
import { orderFault, overrideLabels, type TicketChoices } from './fields';
import { type GivenOrder, orderNameInText } from './given-order';

/** Countries between which goods pass no customs, by their currency, where that is not one country's. */
const WITHOUT_CUSTOMS: Readonly<Record<string, string>> = {
	EUR: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK',
	USD: 'US PR',
};

/**
 * Asks for the value of goods that would be declared as worth nothing. Where the account is, nobody says: ASSUMED to
 * be a country of its currency, whose code begins with the country's (ISO 4217).
 *
 * @throws {OrderFault} if a box is worth 0, the user has not said so, and it may cross a border
 */
export function checkFreeGoods(
	boxes: ReadonlyArray<{ declaredValue: number }>,
	consignee: unknown,
	given: GivenOrder,
	{ choices, accountCurrency }: { choices: TicketChoices; accountCurrency: string },
): void {
	const isGiven =
		choices.declaredValue !== undefined ||
		choices.boxes?.some(({ declaredValue }) => declaredValue !== undefined);
	if (isGiven || boxes.every(({ declaredValue }) => declaredValue > 0)) return;
	// A warehouse's code stands for an address that TW knows
	if (typeof consignee !== 'object' || consignee === null) return;
	const { countryCode } = consignee as { countryCode?: string };
	const country = countryCode?.trim().toUpperCase() ?? '';
	const currency = accountCurrency.toUpperCase();
	if ((WITHOUT_CUSTOMS[currency]?.split(' ') ?? [currency.slice(0, 2)]).includes(country)) return;
	throw orderFault(
		'no_value',
		`The goods of ${orderNameInText(given)} cost nothing, and go to ${country}: customs want what they are worth`,
		'declaredValue',
		`Give ${overrideLabels('declaredValue')}, as they are sold; 0 is sent if you give it there.`,
	);
}
