package dev.licet.http.api;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.licet.domain.FailureException;
import dev.licet.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record a licence (RFC 4180), after a header that names the columns. A record of another
 * number of cells, or in another encoding, fails alone; after a quote that does not close there is
 * no next one.
 */
final class CsvLines implements LicenseLines {
  private static final int MAX_COLUMNS = 64;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** What a decoder puts in the place of bytes that are no UTF-8. */
  private static final String REPLACEMENT = "\ufffd";

  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;

  /**
   * Reads the header.
   *
   * @throws FailureException when there is none, or it names a column that does not exist or twice
   */
  CsvLines(InputStream in) throws IOException {
    CsvRecordHandler bounded =
        CsvRecordHandler.builder()
            .maxFields(MAX_COLUMNS)
            .maxFieldSize(MAX_LENGTH)
            .maxRecordSize(MAX_LENGTH)
            .build();
    CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(2 * MAX_LENGTH)
            .build(bounded, new InputStreamReader(in, StandardCharsets.UTF_8));
    this.records = reader.iterator();
    this.header = header();
  }

  @Override
  public @Nullable Line next() throws IOException {
    CsvRecord row = record();
    return row == null ? null : line(row);
  }

  private Line line(CsvRecord row) {
    List<String> cells = row.getFields();
    int length = cells.stream().mapToInt(String::length).sum();
    if (cells.size() != header.size()) {
      return new Line(
          row.getStartingLineNumber(),
          length,
          null,
          FailureException.invalid(
              "", "has " + cells.size() + " cells, the header has " + header.size()));
    }
    if (cells.stream().anyMatch(cell -> cell.contains(REPLACEMENT))) {
      return new Line(
          row.getStartingLineNumber(),
          length,
          null,
          FailureException.invalid("", "is not in UTF-8"));
    }
    try {
      Fields fields = Fields.of(LicenseCsv.read(header, cells));
      return new Line(row.getStartingLineNumber(), length, fields, null);
    } catch (RuntimeException e) {
      return new Line(row.getStartingLineNumber(), length, null, e);
    }
  }

  private List<String> header() throws IOException {
    CsvRecord row = record();
    if (row == null) {
      throw FailureException.invalid("", "The table is empty: its first line names the columns.");
    }
    List<String> names =
        row.getFields().stream()
            .map(name -> name.replace(BYTE_ORDER_MARK, "").strip().toLowerCase(Locale.ROOT))
            .toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!LicenseCsv.isColumn(name) || !seen.add(name)) {
        throw FailureException.invalid(
            "",
            "The header names a column that there is not, or one twice: columns are "
                + String.join(", ", LicenseCsv.header())
                + ".");
      }
    }
    return names;
  }

  private @Nullable CsvRecord record() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new BrokenLinesException(
          "The table cannot be read from here on: a quote does not close, or a record is longer"
              + " than "
              + MAX_LENGTH
              + " characters.",
          e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
