/** The operations of TW Invoice. */
import { getLines } from './getLines';
import { getMany } from './getMany';

export const twInvoiceOperations = [getLines, getMany];
