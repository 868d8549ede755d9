/** What stands on the label of one box. */
export interface BoxLabel {
	trackingNumber: string;
	orderNumber: string;
	channel: string;
	/** Number of this box, from 1, and how many there are. */
	box: number;
	boxes: number;
	/** Lines of the receiver's address. */
	to: string[];
	note: string;
}

/** Sender on every label. Invented. */
export const sender = ['TW Sandbox', '1 Example Street', 'Sampletown, MN 55000', 'US'];
