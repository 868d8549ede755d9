/** The operations of TW Balance. */
import { checkContract } from './checkContract';
import { get } from './get';

export const twBalanceOperations = [checkContract, get];
