/** The operations of TW Balance. */
import { get } from './get';

export const twBalanceOperations = [get];
