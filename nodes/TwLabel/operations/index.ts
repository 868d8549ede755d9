/** The operations of TW Label. */
import { download } from './download';
import { getUrl } from './getUrl';

export const twLabelOperations = [download, getUrl];
