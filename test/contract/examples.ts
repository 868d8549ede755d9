/** The vendors' examples as their documentation has them, word for word. */

/** TD, Order Status API, "Request Example". */
export const TD_SHIP = `{
    "channel": "test",
    "session_id": "abc0123456789",
    "account_id": "123456789",
    "event_time": "2021-10-12T14:20:50.521+07:00",
    "event_type": "order_ship",
    "terminal": {
        "black_box": "aGPH1658920283672ropYaFxT7",
        "ip": "210.20.10.33"
    },
    "ext": {
        "ext_book_id": "LFOUHOFHOHFNOUH",
        "ext_book_num": 10
    },
    "order_id": "NX348566DIHD",
    "logistics": {
        "logistics_type": "Standard Shipping",
        "cost": {
            "currency": "USD",
            "amount_local": 68,
            "amount_usd": 10,
            "amount_cny": 68
        },
        "logistics_company": "SF"
    }
}`;

/** TD, Order Status API, "Response Example". */
export const TD_ANSWER = `{
    "code": 200,
    "message": "",
    "sequence_id": "1648777165770866F82AC7F326307055"
}`;

/** TD, order_payment: the event's own parameters. */
export const TD_PAYMENT = `{
  "order_id": "NX34",
  "payment": {
    "payment_id": "NHF8", "method": "card", "channel": "paypal",
    "amount": { "currency": "USD", "amount_local": 68, "amount_usd": 10, "amount_cny": 68 },
    "card": { "card_bin": "622207", "last_four_digits": "1234", "card_number_length": 16, "card_token_id": "NFct",
      "holder_name": { "first_name": "P", "middle_name": "", "last_name": "L", "nickname": "S" },
      "debit_or_credit": "credit", "issuer_region": "CN", "expiration_date": "1998-01" },
    "is_coupon_used": true,
    "coupons": [ { "coupon_id": "NOHF", "coupon_name": "Discount", "coupon_count": 1,
      "begin_time": 1596358039000, "expire_time": 1616358039000, "coupon_type": "discount",
      "coupon_rate": 0.85, "coupon_threshold": "10",
      "cash_back_amount": { "currency": "USD", "amount_local": 6.8, "amount_usd": 1, "amount_cny": 6.8 } } ]
  }
}`;

/** TW, Order forecast: a ticket to a warehouse, with every optional member. */
export const TW_TICKET_WAREHOUSE = `{
  "no": "ORD-0001", "product": "UA", "freightClass": "",
  "isSignatureService": 0, "signatureType": "INDIRECT",
  "is_insurance": false, "note": "",
  "consignee": "MSP1",
  "boxes": [
    { "number": 2, "weight": 10, "length": 30, "width": 30, "height": 30,
      "declaredValue": 0, "referenceNumbers": [] }
  ]
}`;

/** TW, Order forecast: a ticket to an address, without the optional members. */
export const TW_TICKET_ADDRESS = `{
  "no": "ORD-0002", "product": "UW", "freightClass": "",
  "isSignatureService": 0, "note": "",
  "consignee": {
    "countryCode": "US", "stateProvince": "MN", "city": "Sampletown",
    "postcode": "55000", "address": "1 Example Street", "address2": "",
    "name": "Receiver", "companyName": "Example Inc.", "phone": "1-555-0100"
  },
  "boxes": [
    { "number": 1, "weight": 5, "length": 20, "width": 20, "height": 20,
      "declaredValue": 0, "referenceNumbers": [] }
  ]
}`;

/** TW, Order status inquiry. */
export const TW_CHECK_REQUEST = `{ "request_id": "00000000-0000-4000-8000-000000000001" }`;
export const TW_CHECK_ANSWER = `{ "code": 200, "message": "OK",
  "data": { "request_id": "00000000-0000-4000-8000-000000000001",
            "no": "ORD-0001", "errors": [], "status": 10 } }`;

/** TW, Order details: the answer begins with data, and whether a code follows is not known. */
export const TW_INFO_REQUEST = `{ "no": "ORD-0001" }`;
const INFO_DATA = `{
    "no": "ORD-0001", "is_signature_service": false, "is_prod": true,
    "tracking_number": "1ZTEST0000000001", "freight_class": "70",
    "practical_weight": "9.000", "practical_boxes_number": 2,
    "is_residential": true,
    "charge_weight": "22.000", "charge_weight_unit": "LBS",
    "charge_amount": "18.50", "charge_total_amount": "18.50",
    "additionally_proportion": 0.03, "additionally_amount": "0.00",
    "gfp_discount_percent": 0,
    "bill_boxes_number": 0, "bill_amount": 0, "bill_weight": "0.000",
    "bill_weight_unit": null,
    "removing_at": null, "removed_at": null, "real_removed_at": null,
    "status": 1, "note": null,
    "children": [
      { "box_sequence_number": 1, "tracking_number": "1ZTEST0000000001" },
      { "box_sequence_number": 2, "tracking_number": "1ZTEST0000000002" }
    ] }`;
export const TW_INFO_ANSWER = `{ "data": ${INFO_DATA} }`;
export const TW_INFO_ANSWER_WITH_CODE = `{ "data": ${INFO_DATA}, "code": 200, "message": "OK" }`;

/** TW, Invoice Enquiry. */
export const TW_BILL_ANSWER = `{ "code": 200, "message": "OK",
  "data": { "current_page": 1,
    "data": [ { "id": 7, "bill_at": "2025-09-18", "code": "20250918", "sort": "01",
                "balance_before": "1000.00", "charge_price": "500.00",
                "refund_price": "0.00", "balance_after": "1300.00",
                "bill_price": "-200.00", "status": 1,
                "created_at": "2025-09-18 23:00:00" } ],
    "last_page": 1, "per_page": "2", "total": 1 } }`;

/** An example as the object it stands for. */
export function example(text: string): Record<string, unknown> {
	return JSON.parse(text) as Record<string, unknown>;
}
