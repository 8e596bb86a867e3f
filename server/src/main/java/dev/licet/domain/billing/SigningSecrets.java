package dev.licet.domain.billing;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider signs with; stored only sealed.
 *
 * @param second good too, while one secret takes the place of the other
 */
public record SigningSecrets(String first, @Nullable String second) {
  /** All that are good. */
  public List<String> all() {
    return Stream.of(first, second == null ? first : second).distinct().toList();
  }

  /** Shows nothing of them. */
  @Override
  public String toString() {
    return "SigningSecrets[****]";
  }
}
