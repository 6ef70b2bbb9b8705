import { admit } from "../../../core/door/admit";
import { refuse } from "../../../core/refuse";

/** A fraction: an exact share of the requests. Immutable, always in lowest terms. */
export class Fraction {
  public static readonly zero = new Fraction(0n, 1n);
  public static readonly one = new Fraction(1n, 1n);

  /**
   * Returns a fraction in lowest terms: `Fraction.of(80, 100)` is 4/5.
   *
   * @throws MigrationError `FRACTION_OF_NUMERATOR`, `FRACTION_OF_DENOMINATOR` for what is no whole number; the denominator must
   * not be 0
   */
  public static of(numerator: number, denominator: number): Fraction {
    admit("Fraction.of", { numerator, denominator });
    if (!Number.isSafeInteger(numerator)) notWhole("numerator", numerator, "a whole number");
    if (!Number.isSafeInteger(denominator) || denominator === 0) {
      notWhole("denominator", denominator, "a whole number other than 0");
    }
    return Fraction.reduce(BigInt(numerator), BigInt(denominator));
  }

  public static sum(fractions: readonly Fraction[]): Fraction {
    admit("Fraction.sum", { fractions });
    let total = Fraction.zero;
    for (const fraction of fractions) total = total.plus(fraction);
    return total;
  }

  private constructor(
    public readonly numerator: bigint,
    public readonly denominator: bigint,
  ) {}

  private static reduce(numerator: bigint, denominator: bigint): Fraction {
    let [a, b] = [numerator, denominator];
    while (b !== 0n) [a, b] = [b, a % b];
    return new Fraction(numerator / a, denominator / a);
  }

  public plus(other: Fraction): Fraction {
    return Fraction.reduce(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  public equals(other: Fraction): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  public isZero(): boolean {
    return this.numerator === 0n;
  }

  public toNumber(): number {
    return Number(this.numerator) / Number(this.denominator);
  }

  /** Returns the percentage as a number, rounded to two decimals. */
  public toPercentage(): number {
    return Number((this.toNumber() * 100).toFixed(2));
  }

  /** Returns the percentage as text, with at most two decimals: `80 %`, `33.33 %`. */
  public formatPercentage(): string {
    return `${this.toPercentage()} %`;
  }

  /** Returns the fraction as text: `4/5`, or `1` for a whole. */
  public toString(): string {
    return this.denominator === 1n ? String(this.numerator) : `${this.numerator}/${this.denominator}`;
  }
}

function notWhole(path: "numerator" | "denominator", received: number, allowed: string): never {
  const code = path === "numerator" ? "FRACTION_OF_NUMERATOR" : "FRACTION_OF_DENOMINATOR";
  refuse({ code, path, received, allowed, fix: "multiply both until they are whole" });
}
