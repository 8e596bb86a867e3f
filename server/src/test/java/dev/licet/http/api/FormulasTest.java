package dev.licet.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormulasTest {
  /** What a spreadsheet runs, wherever it lets a cell begin. */
  private static final Pattern FORMULA =
      Pattern.compile("(?:\\A|[;\\t\\r\\n])[\" ]*[=+\\-@\uff1d\uff0b\uff0d\uff20]");

  @Test
  void whatASpreadsheetWouldTakeForAFormulaIsMarked() {
    assertEquals("'=1+1", Formulas.mark("=1+1"));
    assertEquals("Bob;'=HYPERLINK(A1)", Formulas.mark("Bob;=HYPERLINK(A1)"));
    assertEquals("'-a;'+b;'@c", Formulas.mark("-a;+b;@c"));
    assertEquals("Bob;' \"=1", Formulas.mark("Bob; \"=1"));
    assertEquals("Bob\n'=1\t'=2", Formulas.mark("Bob\n=1\t=2"));
    assertEquals("'\ta", Formulas.mark("\ta"));
    assertEquals("'\na", Formulas.mark("\na"));
    assertEquals("'\uff1d1;'\uff0b1", Formulas.mark("\uff1d1;\uff0b1"));
  }

  @Test
  void whatIsNoneStaysAsItIs() {
    for (String text :
        List.of("", "a-b", "a@b", "x=1", "a; b;c", "'a;'b", "a;\r\n\r\nb", "[\"=x\",\"-y\"]")) {
      assertEquals(text, Formulas.mark(text));
      assertEquals(text, Formulas.unmark(text));
    }
  }

  @Test
  void anyTextComesBackAsItWasAndHasNoFormulaMeanwhile() {
    String units = "'\"; =\uff0d\t\r\na";
    int length = 5;
    int count = (int) Math.pow(units.length() + 1, length);
    for (int number = 0; number < count; number++) {
      StringBuilder text = new StringBuilder();
      for (int rest = number; rest > 0; rest /= units.length() + 1) {
        int unit = rest % (units.length() + 1);
        text.append(unit == 0 ? "" : units.substring(unit - 1, unit));
      }
      String marked = Formulas.mark(text.toString());
      assertFalse(FORMULA.matcher(marked).find(), marked);
      assertEquals(text.toString(), Formulas.unmark(marked));
      assertEquals(marked, Formulas.unmark(Formulas.mark(marked)));
    }
  }
}
