"""What web shops export, and the made-up orders that all modules of this trial set write down in their own way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from tests.exports.export import Export
from tests.exports.surveys import (
    CSV,
    Buyer,
    Facts,
    Values,
    Writer,
    buyers,
    cell,
    columns_of,
    csv_writer,
    fate,
    matter_of,
    moments,
    shares,
)

Counted = tuple[str, str, date, int]
QUOTED_WITH_MARK = csv_writer(quote=True, encoding="utf-8-sig")
GOODS = (("Green tea 100 g", 950), ("Teapot, 1 l", 3490), ("Cup", 1275), ("Sencha", 1890), ("Gift box", 124_050))
OF_LINES = ("{goods", "{quantity", "{price", "{line")


class Money(int):
    """Cents: 1234.50; `:,` writes 1,234.50, `:de` 1.234,50, `:fr` 1 234,50, `:rial` 1234500, `:peso` 1.234; `-`: sign last."""

    def __str__(self) -> str:
        return f"{self / 100:.2f}"

    def __format__(self, style: str) -> str:
        if style.endswith("-"):
            return f"{Money(abs(self)):{style[:-1]}}{'-' if self < 0 else ''}"
        whole = {"rial": f"{1000 * self}", "peso": f"{int(self):,}".replace(",", ".")}.get(style)
        text = whole or (f"{self / 100:,.2f}" if style else str(self))
        mark = {"de": ".", "fr": "\u202f"}.get(style)
        return text if mark is None else text.replace(",", " ").replace(".", ",").replace(" ", mark)


@dataclass(frozen=True)
class Sale:
    """One order: its lines are goods, quantity, price of one in cents; `share` runs evenly from 0 to 1 over a file."""

    number: int
    buyer: Buyer
    at: datetime
    lines: tuple[tuple[str, int, int], ...]
    share: float

    @property
    def cents(self) -> int:
        """Return the sum of the lines in cents."""
        return sum(quantity * price for _, quantity, price in self.lines)

    @property
    def back(self) -> int:
        """Return how many cents were paid back where the file tells it: of each third order beyond 0.7."""
        return 900 if self.share > 0.7 and self.number % 3 == 0 else 0


def sales(seed: str, count: int = 45, most_lines: int = 1) -> list[Sale]:
    """Make orders up in the order of their time, by customers who come back; only a sale beyond 0.3 has several lines."""
    rng, people = Random(seed), buyers()
    rolled, times = shares(rng, count), moments(rng, count)
    lines = [_lines(rng, rng.randint(1, most_lines if rolled[i] > 0.3 else 1)) for i in range(count)]
    return [Sale(1001 + i, rng.choice(people), times[i], lines[i], rolled[i]) for i in range(count)]


def _lines(rng: Random, count: int) -> tuple[tuple[str, int, int], ...]:
    return tuple((goods, rng.choice((1, 1, 1, 2, 3)), cents) for goods, cents in rng.sample(GOODS, count))


def order_facts(counted: Iterable[Counted]) -> Facts:
    """Return what is true of rows that count: customer, order number, day, cents."""
    rows = list(counted)
    days = [day.isoformat() for _, _, day, _ in rows]
    facts: Facts = {"orders": len({row[:2] for row in rows}), "customers": len({row[0] for row in rows})}
    revenue = round(sum(cents for *_, cents in rows) / 100, 2)
    return facts | {"revenue": revenue, "first_day": min(days), "last_day": max(days)}


def facts_of(sold: Iterable[Sale]) -> Facts:
    """Return what is true of sales that all count with their whole sum."""
    return order_facts((sale.buyer.name, str(sale.number), sale.at.date(), sale.cents) for sale in sold)


def facts_less_back(sold: Iterable[Sale]) -> Facts:
    """Return what is true of sales that all count, what was paid back taken off."""
    return order_facts((sale.buyer.name, str(sale.number), sale.at.date(), sale.cents - sale.back) for sale in sold)


def values_of(sale: Sale, fates: Mapping[str, float], usual: str) -> list[Values]:
    """Return for each line what templates may take."""
    values = sale.buyer.values() | {"number": sale.number, "at": sale.at, "fate": fate(sale.share, fates, usual)}
    values |= {"total": Money(sale.cents), "amount": sale.cents / 100, "back": Money(sale.back), "fee": Money(-40)}
    values |= {"net": Money(round(sale.cents / 1.19)), "tax": Money(sale.cents - round(sale.cents / 1.19))}
    values |= {"kept": Money(sale.cents - 40), "pieces": sum(quantity for _, quantity, _ in sale.lines)}
    lines = [{"goods": g, "quantity": q, "price": Money(p), "line": Money(q * p)} for g, q, p in sale.lines]
    return [values | line for line in lines]


def sold_export(
    name: str,
    file_name: str,
    columns: str,
    matter: str,
    fates: Mapping[str, float] | None = None,
    usual: str = "",
    *,
    kept: Sequence[str] = (),
    lines: int = 1,
    repeated: Sequence[str] | None = None,
    facts: Callable[[Sequence[Sale]], Facts] = facts_of,
    either: Mapping[str, tuple[str, ...]] | None = None,
    asks: Sequence[str] = (),
    write: Writer = CSV,
    more: Callable[[Sale], Values] = lambda sale: {},
) -> Export:
    """Build an export of orders; rows of the fates that are not `kept` are to be left out."""
    sold = sales(name, 32 if lines > 1 else 45, lines)
    groups = [[{**values, **more(sale)} for values in values_of(sale, fates or {}, usual)] for sale in sold]
    ends = [fate(sale.share, fates or {}) for sale in sold for _ in sale.lines]
    left_out = {word: ends.count(word) for word in fates or {} if word not in kept}
    content, true, apart = _content(columns, groups, repeated, write), facts(sold), dict(either or {})
    return Export(name, file_name, content, "orders", matter_of(matter), frozenset(asks), apart, true, left_out)


def _content(columns: str, groups: Sequence[Sequence[Values]], repeated: Sequence[str] | None, write: Writer) -> bytes:
    """Write the lines of each order; later ones have only what is `repeated`, if that is said, and their goods."""
    parts = columns_of(columns)
    later = [(h, t if repeated is None or h in repeated or t.startswith(OF_LINES) else "") for h, t in parts]
    rows = [[cell(t, values) for _, t in (later if i else parts)] for some in groups for i, values in enumerate(some)]
    return write([header for header, _ in parts], rows)


SHOPIFY = (
    "Name=#{number} | Email={email} | Financial Status={fate} | Paid at={at:%Y-%m-%d %H:%M:%S} -0500 | "
    "Fulfillment Status | Fulfilled at | Accepts Marketing=no | Currency=USD | Subtotal={net} | Shipping=0.00 | "
    "Taxes={tax} | Total={total} | Discount Code | Discount Amount=0.00 | Shipping Method | "
    "Created at={at:%Y-%m-%d %H:%M:%S} -0500 | Lineitem quantity={quantity} | Lineitem name={goods} | "
    "Lineitem price={price} | Lineitem sku | Lineitem requires shipping={goods:.0}true | "
    "Lineitem taxable={goods:.0}true | Billing Name={name} | Billing City | Billing Country=US | "
    "Shipping Name={name} | Notes | Cancelled at | Payment Method=Shopify Payments | Refunded Amount={back} | "
    "Vendor={goods:.0}Tea house | Outstanding Balance=0.00 | Id=54000000{number} | Tags | Source=web"
)
SHOPIFY_MATTER = (
    "customer=Email; ordered_at=Created at; order_id=Name; amount=Total; refunded_amount=Refunded Amount; "
    "status=Financial Status"
)


def table_export(
    name: str, file_name: str, table: str, columns: str, matter: dict[str, str], **either: tuple[str, ...]
) -> Export:
    """Build an export with one row per customer."""
    parts, people = columns_of(columns), buyers()
    rows = [[cell(template, person.values()) for _, template in parts] for person in people]
    facts: Facts = {"customers": len(people)} if table else {}
    content = CSV([header for header, _ in parts], rows)
    return Export(name, file_name, content, table, matter, either=either, facts=facts)


EXPORTS: tuple[Export, ...] = (
    sold_export(
        "shopify_orders",
        "orders_export.csv",
        SHOPIFY,
        SHOPIFY_MATTER,
        {"voided": 0.1},
        "paid",
        lines=3,
        repeated=["Name", "Email", "Created at"],
        facts=facts_less_back,
        write=csv_writer(end="\n"),
    ),
    sold_export(
        "shopify_orders_bare_follow_up_lines",
        "orders_export_1.csv",
        SHOPIFY,
        SHOPIFY_MATTER,
        {"voided": 0.1},
        "paid",
        lines=4,
        repeated=["Name"],
        facts=facts_less_back,
    ),
    table_export(
        "shopify_customers",
        "customers_export.csv",
        "customers",
        "Customer ID='6100000{id} | First Name={first} | Last Name={last} | Email={email} | "
        "Accepts Email Marketing=yes | Default Address City | Default Address Country Code=US | Phone='+1555{id} | "
        "Accepts SMS Marketing=no | Total Spent={id}.50 | Total Orders=3 | Note | Tax Exempt=no | Tags",
        {"customer": "Email"},
        customer=("Customer ID",),
    ),
    table_export(
        "shopify_products",
        "products_export.csv",
        "",
        "Handle=tea-{id} | Title=Tea {id} | Body (HTML)=<p>Tea</p> | Vendor=Tea house | Type=Tea | Tags | "
        "Published=true | Variant SKU=T-{id} | Variant Inventory Qty=12 | Variant Price=9.50 | Status=active",
        {},
    ),
    sold_export(
        "woocommerce_analytics",
        "wc-orders-report.csv",
        "Date={at:%Y-%m-%d %H:%M:%S} | Order #={number} | N. Revenue (formatted)=${total:,} | Status={fate} | "
        "Customer={name} | Customer type=returning | Product(s)={pieces}× Tea | Items sold={pieces} | Coupon(s) | "
        "N. Revenue={amount:.10g} | Attribution=Direct",
        "customer=Customer; ordered_at=Date; order_id=Order #; amount=N. Revenue; status=Status",
        {"cancelled": 0.1, "failed": 0.15},
        "completed",
        either={"amount": ("N. Revenue (formatted)",)},
    ),
    sold_export(
        "woocommerce_french",
        "commandes.csv",
        "Date={at:%Y-%m-%d %H:%M:%S} | Commande n°={number} | État={fate} | Client={name} | "
        "Type de client=récurrent | Produit(s)={goods} | Articles vendus={pieces} | Code(s) promo | "
        "Ventes nettes={amount:.10g} | Attribution=Direct",
        "customer=Client; ordered_at=Date; order_id=Commande n°; amount=Ventes nettes; status=État",
        {"Annulée": 0.1, "Échouée": 0.2},
        "Terminée",
        write=QUOTED_WITH_MARK,
    ),
    sold_export(
        "woocommerce_order_export",
        "orders.csv",
        "order_id={number} | order_number={number} | date={at:%Y-%m-%d %H:%M:%S} | status={fate} | "
        "shipping_total=0.00 | tax_total={tax} | cart_discount=0.00 | order_total={total} | order_currency=EUR | "
        "payment_method=paypal | customer_user={id} | billing_first_name={first} | billing_last_name={last} | "
        "billing_email={email} | customer_note",
        "customer=billing_email; ordered_at=date; order_id=order_id; amount=order_total; status=status",
        {"failed": 0.1, "cancelled": 0.2},
        "completed",
        either={"customer": ("customer_user",), "order_id": ("order_number",)},
    ),
    sold_export(
        "magento_orders",
        "export.csv",
        "ID={number:09} | Purchase Point=Main Website | Purchase Date={at:%b %-d, %Y %-I:%M:%S %p} | "
        "Bill-to Name={name} | Ship-to Name={name} | Grand Total (Base)=${total:,} | "
        "Grand Total (Purchased)=${total:,} | Status={fate} | Customer Email={email} | Customer Group=General | "
        "Subtotal=${net:,} | Shipping and Handling=$0.00 | Customer Name={name} | Payment Method=checkmo | "
        "Total Refunded=${back}",
        "customer=Customer Email; ordered_at=Purchase Date; order_id=ID; amount=Grand Total (Purchased); status=Status; "
        "refunded_amount=Total Refunded",
        {"canceled": 0.1},
        "complete",
        facts=facts_less_back,
        either={"customer": ("Bill-to Name", "Customer Name", "Ship-to Name"), "amount": ("Grand Total (Base)",)},
        write=csv_writer(quote=True),
    ),
    sold_export(
        "bigcommerce_orders",
        "orders-2025-11-05.csv",
        "Order ID={number} | Customer ID={id} | Customer Name={name} | Customer Email={email} | Customer Phone | "
        "Order Date={at:%m/%d/%Y} | Order Status={fate} | Subtotal (ex tax)={net} | Tax Total={tax} | "
        "Ship Method=Free | Order Total (inc tax)={total} | Order Total (ex tax)={net} | Payment Method=Cash | "
        "Total Quantity={pieces} | Date Shipped | Order Currency Code=USD",
        "customer=Customer Email; ordered_at=Order Date; order_id=Order ID; amount=Order Total (inc tax); status=Order Status",
        {"Cancelled": 0.1, "Declined": 0.15},
        "Completed",
        either={"customer": ("Customer ID", "Customer Name")},
    ),
    sold_export(
        "squarespace_orders",
        "orders_squarespace.csv",
        "Order ID={number:05} | Email={email} | Financial Status=PAID | Paid at={at:%Y-%m-%d %H:%M:%S} +0100 | "
        "Fulfillment Status=FULFILLED | Currency=EUR | Subtotal={total} | Shipping=0.00 | Taxes=0.00 | "
        "Amount Refunded={back} | Total={total} | Discount Code | Created at={at:%Y-%m-%d %H:%M:%S} +0100 | "
        "Lineitem quantity={quantity} | Lineitem name={goods} | Lineitem price={price} | Lineitem sku | "
        "Billing Name={name} | Channel Name=web",
        "customer=Email; ordered_at=Created at; order_id=Order ID; amount=Total; refunded_amount=Amount Refunded",
        lines=3,
        repeated=["Order ID"],
        facts=facts_less_back,
    ),
    sold_export(
        "wix_orders",
        "Orders.csv",
        "Order number={number} | Date created={at:%b %-d, %Y} | Time={at:%-I:%M:%S %p} | Fulfill by | "
        "Total order quantity={pieces} | Contact email={email} | Item={goods} | Variant | SKU | Qty={quantity} | "
        "Quantity refunded=0 | Price={price} | Delivery method=Standard | Recipient name={name} | "
        "Delivery country=DEU | Delivery city=Berlin | Billing name={name} | Delivery country=DEU | "
        "Delivery city=Berlin | Payment status=Paid | Payment method=Card | Shipping rate=0.00 | Total tax={tax} | "
        "Total={total} | Currency=EUR | Refunded amount=0.00 | Net amount={total} | Fulfillment status=Fulfilled",
        "customer=Contact email; ordered_at=Date created; order_id=Order number; amount=Total",
        lines=3,
        either={"customer": ("Billing name", "Recipient name"), "amount": ("Net amount",)},
        write=QUOTED_WITH_MARK,
    ),
)
