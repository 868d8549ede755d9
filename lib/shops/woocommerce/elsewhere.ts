/** What somebody else ships, as plugins note it at a line; read off their published code. */
import type { Members } from '../lenient';
import { metaText } from './meta';

const SERVICES: ReadonlyArray<[key: string, service: string]> = [
	// ALD by VillaTheme: the order there, once it was placed; blank before
	['_vi_wad_aliexpress_order_id', 'AliExpress'],
];

/** Who ships a line, if not the shop itself. */
export const fulfilledBy = (line: Members): string | null =>
	SERVICES.find(([key]) => metaText(line, key) !== null)?.[1] ?? null;
