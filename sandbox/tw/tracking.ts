/**
 * A tracking number in UPS's format (`1Z…` in TW's example [doc]): shipper, service, serial, check digit.
 * The shipper is invented, so no real parcel has such a number.
 */
export function trackingNumber(serial: number): string {
	const body = `SBX86803${String(serial).padStart(7, '0')}`;
	return `1Z${body}${checkDigit(body)}`;
}

/** UPS's check digit: letters count as digits, every second position counts twice. */
function checkDigit(body: string): number {
	const total = [...body].reduce((sum, character, index) => {
		const digit = /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10;
		return sum + (index % 2 === 0 ? digit : digit * 2);
	}, 0);
	return (10 - (total % 10)) % 10;
}
