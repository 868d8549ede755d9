/** Forms that vendors want of texts which people write in several ways. */
import { countryCode } from '../base/countries';
import type { TextForm } from './field';

/** A country's code of two letters (ISO 3166-1). @param example a right one, for the message */
export const countryForm = (example: string): TextForm => ({
	read: countryCode,
	wrong: `must be a country, best as its code of 2 letters, such as ${example}`,
});
