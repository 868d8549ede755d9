/**
 * How far the deletion of an order has come, told from orderInfo's three time stamps.
 *
 * ASSUMED: `removing_at` is set when deletion is requested, `removed_at` when TW has done it,
 * `real_removed_at` when the carrier has; only the names are documented.
 */
import type { OrderInfoData } from '../wire/answers';

export type Removal = 'not requested' | 'requested' | 'removed' | 'confirmed by carrier';

export function removalOf(
	info: Pick<OrderInfoData, 'removing_at' | 'removed_at' | 'real_removed_at'>,
): Removal {
	if (info.real_removed_at) return 'confirmed by carrier';
	if (info.removed_at) return 'removed';
	return info.removing_at ? 'requested' : 'not requested';
}
