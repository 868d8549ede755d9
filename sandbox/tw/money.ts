/** Money is kept in whole cents and written as the vendor writes it: sometimes text, sometimes a number [doc]. */
export type Cents = number;

/** `2420` → `"24.20"` */
export function asText(cents: Cents): string {
	return (cents / 100).toFixed(2);
}

/** `1776` → `17.76` */
export function asNumber(cents: Cents): number {
	return cents / 100;
}
