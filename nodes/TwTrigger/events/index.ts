/** What TW Trigger can watch for, in the order the editor lists it. */
import type { AnyWatch } from '../watch';
import { lowBalance } from './lowBalance';
import { newInvoice } from './newInvoice';
import { orderFinal } from './orderFinal';

export const twTriggerWatches: AnyWatch[] = [lowBalance, newInvoice, orderFinal];
