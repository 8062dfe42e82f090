"""What payment services, tills and market places export."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.exports.export import Export
from tests.exports.shops import QUOTED_WITH_MARK, Money, Sale, facts_less_back, facts_of, order_facts, sold_export
from tests.exports.surveys import Facts, Values, csv_writer

UNKNOWN = ("id", "name", "first", "last", "email")


def _till(sale: Sale) -> Values:
    """Make the first tenth of sales refunds with a number of their own, and the next ones sales to nobody known."""
    sign, net = (-1 if sale.share < 0.1 else 1), round(sale.cents / 1.19)
    values: dict[str, object] = {"kind": "Refund" if sign < 0 else "Sale", "event": "Refund" if sign < 0 else "Payment"}
    values |= {"total": Money(sign * sale.cents), "net": Money(sign * net), "kept": Money(sign * (sale.cents - 40))}
    values |= {"sign": "-" if sign < 0 else "", "size": Money(sale.cents), "effect": "Soll" if sign < 0 else "Haben"}
    values["impact"] = "Debit" if sign < 0 else "Credit"
    return values | (dict.fromkeys(UNKNOWN, "") if 0.1 <= sale.share < 0.25 else {})


def _till_facts(sold: Iterable[Sale]) -> Facts:
    return order_facts(
        (sale.buyer.name, str(sale.number), sale.at.date(), -sale.cents if sale.share < 0.1 else sale.cents)
        for sale in sold
        if not 0.1 <= sale.share < 0.25
    )


def _paypal(sale: Sale) -> Values:
    """Turn the sender round for refunds, as PayPal does: there the shop sends."""
    mail = sale.buyer.values()["email"] if not 0.1 <= sale.share < 0.25 else ""
    kind = "Payment Refund" if sale.share < 0.1 else "Express Checkout Payment" if mail else "General Withdrawal"
    german = {"Payment Refund": "Rückzahlung", "General Withdrawal": "Allgemeine Abbuchung"}.get(
        kind, "PayPal Express-Zahlung"
    )
    ways = ("shop@tea.example", mail) if sale.share < 0.1 else (mail, "shop@tea.example")
    return {**_till(sale), "kind": kind, "german": german, "sender": ways[0], "receiver": ways[1]}


def _paypal_facts(sold: Iterable[Sale]) -> Facts:
    return {name: fact for name, fact in _till_facts(sold).items() if name != "customers"}


def _stripe_facts(sold: Iterable[Sale]) -> Facts:
    return order_facts(
        (sale.buyer.name, str(sale.number), sale.at.date(), 0 if 0.1 <= sale.share < 0.2 else sale.cents)
        for sale in sold
    )


def _known_facts(sold: Iterable[Sale]) -> Facts:
    return facts_less_back(sale for sale in sold if sale.share >= 0.2)


def _walk_in(sale: Sale) -> Values:
    return {"name": "Walk-in Customer", "fate": "Complete"} if 0.1 <= sale.share < 0.25 else {}


def _walk_in_facts(sold: Iterable[Sale]) -> Facts:
    """Return what is true while nobody leaves the walk-in customer out: they are one more customer."""
    named = ((_walk_in(sale).get("name", sale.buyer.name), sale) for sale in sold)
    return order_facts((str(name), str(sale.number), sale.at.date(), sale.cents) for name, sale in named)


def _ebay_file(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write the empty line before the header, the empty row after it and the count at the end."""
    commas = "," * (len(header) - 1) + "\r\n"
    footer = f"{commas}{len(rows)},record(s) downloaded,from Jan-09-25 to Nov-05-25\r\nSeller ID : tea-house\r\n"
    return csv_writer(before=commas, after=footer)(header, [[""] * len(header), *rows])


PAYOUTS = sold_export(
    "shopify_payouts",
    "payment_transactions_export_1.csv",
    "Transaction Date={at:%Y-%m-%d %H:%M:%S} -0500 | Type=charge | Order=#{number} | Card Brand=visa | "
    "Card Source=online | Payout Status=paid | Payout Date={at:%Y-%m-%d} | Payout ID={number}77 | "
    "Available On={at:%Y-%m-%d} | Amount={total} | Fee=0.40 | Net={kept} | Checkout=#{number}9 | "
    "Payment Method Name=card | Currency=USD",
    "ordered_at=Transaction Date",
)
EXPORTS: tuple[Export, ...] = (
    replace(PAYOUTS, table="", columns={}, facts={}),
    sold_export(
        "stripe_payments",
        "unified_payments.csv",
        "id=ch_3N{number} | Description=Order {number} | Seller Message | Created (UTC)={at:%Y-%m-%d %H:%M} | "
        "Amount={total} | Amount Refunded={back} | Currency=eur | Converted Amount={total} | "
        "Converted Amount Refunded={back} | Fee=0.40 | Converted Currency=eur | Mode=Live | Status={fate} | "
        "Customer ID=cus_{id} | Customer Description | Customer Email={email} | Captured=true | "
        "Card ID=card_{number} | Card Last4=4242 | Card Brand=Visa",
        "customer=Customer Email; ordered_at=Created (UTC); order_id=id; amount=Amount; refunded_amount=Amount Refunded; "
        "status=Status",
        {"Failed": 0.1, "Refunded": 0.2},
        "Paid",
        facts=_stripe_facts,
        either={
            "customer": ("Customer ID",),
            "amount": ("Converted Amount",),
            "refunded_amount": ("Converted Amount Refunded",),
        },
        more=lambda sale: {"back": Money(sale.cents if 0.1 <= sale.share < 0.2 else 0)},
    ),
    sold_export(
        "paypal_activity",
        "Download.CSV",
        "Date={at:%m/%d/%Y} | Time={at:%H:%M:%S} | TimeZone=PST | Name={name} | Type={kind} | Status={fate} | "
        "Currency=USD | Gross={total:,} | Fee=-0.40 | Net={kept:,} | From Email Address={sender} | "
        "To Email Address={receiver} | Transaction ID=9AB{number}XY | Address Status | Item Title | "
        "Reference Txn ID | Invoice Number | Balance | Balance Impact={impact}",
        "ordered_at=Date; order_id=Transaction ID; amount=Gross; status=Status; customer=From Email Address",
        {"Completed": 0.25, "Denied": 0.35},
        "Completed",
        kept=("Completed",),
        facts=_paypal_facts,
        either={"customer": ("Name",)},
        write=QUOTED_WITH_MARK,
        more=_paypal,
    ),
    sold_export(
        "paypal_german",
        "Download_de.CSV",
        "Datum={at:%d.%m.%Y} | Uhrzeit={at:%H:%M:%S} | Zeitzone=Europe/Berlin | Name={name} | Typ={german} | "
        "Status=Abgeschlossen | Währung=EUR | Brutto={total:de} | Gebühr=-0,40 | Netto={kept:de} | "
        "Absender E-Mail-Adresse={sender} | Empfänger E-Mail-Adresse={receiver} | Transaktionscode=9AB{number}XY | "
        "Artikelbezeichnung | Zugehöriger Transaktionscode | Rechnungsnummer | Guthaben | "
        "Auswirkung auf Guthaben={effect}",
        "ordered_at=Datum; order_id=Transaktionscode; amount=Brutto; customer=Absender E-Mail-Adresse",
        facts=_paypal_facts,
        either={"customer": ("Name",)},
        write=QUOTED_WITH_MARK,
        more=_paypal,
    ),
    sold_export(
        "square_transactions",
        "transactions-2025-01-01-2025-11-06.csv",
        "Date={at:%Y-%m-%d} | Time={at:%H:%M:%S} | Time Zone=Eastern Time (US & Canada) | "
        "Gross Sales={sign}${size:,} | Discounts=$0.00 | Net Sales={sign}${size:,} | Gift Card Sales=$0.00 | "
        "Tax=$0.00 | Tip=$0.00 | Partial Refunds=$0.00 | Total Collected={sign}${size:,} | Source=Point of Sale | "
        "Fees=$0.00 | Net Total={sign}${size:,} | Transaction ID=T{number}x | Payment ID=P{number}y | "
        "Card Brand=Visa | Staff Name=Pat | Description={goods} | Event Type={event} | Location=Main | "
        "Customer ID={id} | Customer Name={name} | Customer Reference ID",
        "customer=Customer ID; ordered_at=Date; order_id=Transaction ID; amount=Total Collected",
        facts=_till_facts,
        either={
            "customer": ("Customer Name",),
            "amount": ("Net Sales", "Gross Sales", "Net Total"),
            "order_id": ("Payment ID",),
        },
        more=_till,
    ),
    sold_export(
        "square_items",
        "items-2025-01-01-2025-11-06.csv",
        "Date={at:%Y-%m-%d} | Time={at:%H:%M:%S} | Time Zone=Eastern Time (US & Canada) | Category=Tea | "
        "Item={goods} | Qty={quantity}.0 | Price Point Name=Regular | SKU | Gross Sales=${line:,} | Discounts=$0.00 | "
        "Net Sales=${line:,} | Tax=$0.00 | Transaction ID=T{number}x | Payment ID=P{number}y | Event Type=Payment | "
        "Location=Main | Customer ID={id} | Customer Name={name} | Unit=ea | Count={quantity} | "
        "Itemization Type=Physical Good",
        "customer=Customer ID; ordered_at=Date; order_id=Transaction ID; amount=Net Sales",
        lines=3,
        either={"customer": ("Customer Name",), "amount": ("Gross Sales",), "order_id": ("Payment ID",)},
    ),
    sold_export(
        "adyen_received_payments",
        "received_payments_report.csv",
        "Company Account=TeaCo | Merchant Account=TeaShop | Psp Reference=88{number}12 | "
        "Merchant Reference=W-{number} | Payment Method=visa | Creation Date={at:%Y-%m-%d %H:%M:%S} | TimeZone=CET | "
        "Currency=EUR | Amount={total} | Type={fate} | Risk Scoring=0 | Shopper Name={name} | Shopper Country=DE | "
        "Shopper Email={email} | Shopper Reference=S{id}",
        "customer=Shopper Reference; ordered_at=Creation Date; order_id=Psp Reference; amount=Amount; status=Type",
        {"Refused": 0.1, "Cancelled": 0.15},
        "Settled",
        either={"customer": ("Shopper Email", "Shopper Name"), "order_id": ("Merchant Reference",)},
    ),
    sold_export(
        "lightspeed_retail_sales",
        "sales_list.csv",
        "ID={number} | Date={at:%m/%d/%Y %I:%M %p} | Status={fate} | Source=Register | Customer={name} | "
        "Employee=Kim Doe | Register=Register 1 | Subtotal=${net:,} | Discounts=$0.00 | Tax=${tax:,} | "
        "Total=${total:,}",
        "customer=Customer; ordered_at=Date; order_id=ID; amount=Total; status=Status",
        {"Voided": 0.1, "guest": 0.25},
        "Complete",
        facts=_walk_in_facts,
        more=_walk_in,
    ),
    sold_export(
        "toast_checks",
        "CheckDetails.csv",
        "Customer Id={id} | Customer={name} | Customer Phone | Customer Email={email} | Location Code=12 | "
        "Opened Date={at:%-m/%-d/%y} | Opened Time={at:%-I:%M %p} | Item Description={goods} | Server=Kim Doe | "
        "Tax={tax} | Tender=Credit | Check Id=4000000{number} | Check #={number} | Total={total} | Customer Family | "
        "Table Size=2 | Discount=0.00 | Reason of Discount | Link",
        "customer=Customer Id; ordered_at=Opened Date; order_id=Check Id; amount=Total",
        facts=lambda sold: facts_of(sale for sale in sold if sale.share >= 0.2),
        either={"customer": ("Customer", "Customer Email"), "order_id": ("Check #",)},
        more=lambda sale: dict.fromkeys(UNKNOWN, "") if sale.share < 0.2 else {},
    ),
    sold_export(
        "clover_payments",
        "Payments-Jan-Nov.csv",
        "Payment Date={at:%d-%b-%Y %I:%M %p} EST | Payment ID=P{number}Q | Invoice Number | "
        "Transaction #=00{number} | Note | Tender=Credit Card | Card Brand=VISA | Card Number=4242 | Currency=USD | "
        "Amount={total} | Tax Amount={tax} | Tip Amount | Customer Name={name} | Payment Employee Name=Kim Doe | "
        "Order ID=O{number}R | Order Date={at:%d-%b-%Y %I:%M %p} EST | Order Employee Name=Kim Doe | Result={fate} | "
        "Device=C03 | # Refunds=0 | Refund Amount={back}",
        "customer=Customer Name; ordered_at=Payment Date; order_id=Order ID; amount=Amount; refunded_amount=Refund Amount; "
        "status=Result",
        {"SUCCESS": 0.2, "FAIL": 0.3},
        "SUCCESS",
        kept=("SUCCESS",),
        facts=_known_facts,
        either={"ordered_at": ("Order Date",), "order_id": ("Payment ID",)},
        more=lambda sale: dict.fromkeys(UNKNOWN, "") if sale.share < 0.2 else {},
    ),
    sold_export(
        "loyverse_receipts",
        "receipts-2025-01-01-2025-11-06.csv",
        "Date={at:%-m/%-d/%y %-I:%M %p} | Receipt number=1-{number} | Receipt type={kind} | Gross sales={total} | "
        "Discounts=0.00 | Net sales={total} | Taxes=0.00 | Total collected={total} | Cost of goods=0.00 | "
        "Gross profit={total} | Payment type=Cash | Description=1 x Tea | Dining option | POS=POS 1 | Store=Main | "
        "Cashier name=Owner | Customer name={name} | Customer contacts={email} | Status=Closed",
        "customer=Customer contacts; ordered_at=Date; order_id=Receipt number; amount=Total collected",
        facts=_till_facts,
        either={"customer": ("Customer name",), "amount": ("Net sales", "Gross sales")},
        more=_till,
    ),
    sold_export(
        "loyverse_receipts_by_item",
        "receipts-by-item-2025-01-01-2025-11-06.csv",
        "Date={at:%d/%m/%Y %H:%M} | Receipt number=1-{number} | Receipt type=Sale | Category=Tea | SKU=10001 | "
        "Item={goods} | Variant | Modifiers applied | Quantity={quantity} | Gross sales={line} | Discounts=0.00 | "
        "Net sales={line} | Cost of goods=0.00 | Gross profit={line} | Taxes=0.00 | POS=POS 1 | Store=Main | "
        "Cashier name=Owner | Customer name={name} | Customer contacts={email} | Comment | Status={fate}",
        "customer=Customer contacts; ordered_at=Date; order_id=Receipt number; amount=Net sales; status=Status",
        {"Cancelled": 0.1},
        "Closed",
        lines=3,
        either={"customer": ("Customer name",), "amount": ("Gross sales",)},
        write=csv_writer(encoding="utf-8-sig"),
    ),
    sold_export(
        "etsy_orders",
        "EtsySoldOrders2025.csv",
        "Sale Date={at:%m/%d/%y} | Order ID={number} | Buyer User ID=u{id} | Full Name={name} | First Name={first} | "
        "Last Name={last} | Number of Items={pieces} | Payment Method=Credit Card | Date Shipped={at:%m/%d/%y} | "
        "Street 1 | Ship City=Bern | Ship Country=Switzerland | Currency=USD | Order Value={total:,} | Coupon Code | "
        "Discount Amount=0.00 | Shipping=0.00 | Sales Tax=0.00 | Order Total={total:,} | Status=Completed | "
        "Card Processing Fees=0.40 | Order Net={kept:,} | Adjusted Order Total=0.00 | Buyer={name} | "
        "Order Type=online | Payment Type=online_cc",
        "customer=Buyer User ID; ordered_at=Sale Date; order_id=Order ID; amount=Order Total",
        either={"customer": ("Full Name", "Buyer"), "amount": ("Order Value",)},
    ),
    sold_export(
        "etsy_order_items",
        "EtsySoldOrderItems2025.csv",
        "Sale Date={at:%m/%d/%y} | Item Name={goods} | Buyer=u{id} | Quantity={quantity} | Price={price} | "
        "Coupon Code | Discount Amount=0 | Shipping Discount=0 | Order Shipping=0 | Order Sales Tax=0 | "
        "Item Total={line} | Currency=USD | Transaction ID=30{number} | Listing ID=95 | Date Paid={at:%m/%d/%Y} | "
        "Date Shipped={at:%m/%d/%Y} | Ship Name={name} | Ship Country=Switzerland | Order ID={number} | Variations | "
        "Order Type=online | Payment Type=online_cc",
        "customer=Buyer; ordered_at=Sale Date; order_id=Order ID; amount=Item Total",
        lines=3,
        either={"customer": ("Ship Name",), "ordered_at": ("Date Paid",)},
    ),
    sold_export(
        "ebay_orders",
        "eBay-OrdersReport-Nov-05-2025.csv",
        "Sales Record Number={number} | Order Number=04-{number}-55 | Buyer Username=u{id} | Buyer Name={name} | "
        "Buyer Email={email} | Buyer Note | Item Number=2648 | Item Title={goods} | Custom Label | "
        "Quantity={quantity} | Sold For=${price:,} | Shipping And Handling=$0.00 | Seller Collected Tax=$0.00 | "
        "Total Price=${total:,} | Payment Method=PayPal | Sale Date={at:%b-%d-%y} | Paid On Date={at:%b-%d-%y} | "
        "Shipped On Date | Feedback Left=No",
        "customer=Buyer Username; ordered_at=Sale Date; order_id=Order Number; amount=Total Price",
        either={
            "customer": ("Buyer Email", "Buyer Name"),
            "ordered_at": ("Paid On Date",),
            "order_id": ("Sales Record Number",),
        },
        write=_ebay_file,
    ),
    sold_export(
        "amazon_orders",
        "20251105-orders.txt",
        "order-id=302-{number}-77 | order-item-id=5{number} | purchase-date={at:%Y-%m-%dT%H:%M:%S}-07:00 | "
        "payments-date={at:%Y-%m-%dT%H:%M:%S}-07:00 | buyer-email=b{id}@marketplace.example | buyer-name={name} | "
        "buyer-phone-number | sku=T-1 | product-name={goods} | quantity-purchased={quantity} | currency=USD | "
        "item-price={line} | item-tax=0.00 | shipping-price=0.00 | shipping-tax=0.00 | ship-service-level=Standard | "
        "recipient-name={name}",
        "customer=buyer-email; ordered_at=purchase-date; order_id=order-id; amount=item-price",
        lines=3,
        either={"customer": ("buyer-name",), "ordered_at": ("payments-date",)},
        write=csv_writer(sep="\t"),
    ),
)
