/** The operations of TW Bag. */
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { review } from './review';

export const twBagOperations = [create, remove, get, review];
