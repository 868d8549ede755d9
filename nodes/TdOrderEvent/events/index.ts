/** TD's nine events, in the order the editor lists them. */
import { orderCancel } from './cancel';
import { orderChargeback } from './chargeback';
import { orderConfirm } from './confirm';
import { orderModify } from './modify';
import { orderPayment } from './payment';
import { orderPaymentResult } from './paymentResult';
import { orderRefund } from './refund';
import { orderReturn } from './return';
import { orderShip } from './ship';

export const tdEventOperations = [
	orderCancel,
	orderChargeback,
	orderConfirm,
	orderModify,
	orderPayment,
	orderPaymentResult,
	orderRefund,
	orderReturn,
	orderShip,
];
