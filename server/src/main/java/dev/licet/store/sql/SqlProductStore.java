package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.product.Product;
import dev.licet.domain.product.ProductStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The products of accounts. */
final class SqlProductStore implements ProductStore {
  /** The columns of a product, which is {@code d}, as {@link #product} reads them. */
  static final String COLUMNS =
      """
      d.no AS product_no, d.name AS product_name, d.key_prefix, d.key_groups, d.require_product,
        d.created_at AS product_created_at, d.updated_at AS product_updated_at
      """;

  private static final String SELECT = "SELECT " + COLUMNS + "FROM products d ";

  /** One product by its name. */
  private static final String FIND = SELECT + "WHERE d.account_no = :account AND d.name = :name";

  /** The same, locked: after a wait it is read as it is then. */
  private static final String LOCK = FIND + " <lock_referred>";

  /** A page of products. */
  private static final String LIST =
      SELECT + "WHERE d.account_no = :account AND d.name > :after ORDER BY d.name LIMIT :limit";

  /** Adds a product unless its name is taken. */
  private static final String INSERT =
      """
      INSERT INTO products (account_no, name, key_prefix, key_groups, require_product, created_at,
        updated_at)
      VALUES (:account, :name, :key_prefix, :key_groups, :require_product, :created_at, :updated_at)
      ON CONFLICT (account_no, name) DO NOTHING
      """;

  /** Rewrites a product. */
  private static final String UPDATE =
      """
      UPDATE products SET key_prefix = :key_prefix, key_groups = :key_groups,
        require_product = :require_product, updated_at = :updated_at
      WHERE no = :no AND account_no = :account
      """;

  /** Deletes a product that no licence is for. */
  private static final String DELETE =
      """
      DELETE FROM products WHERE no = :no AND account_no = :account
        AND NOT EXISTS (SELECT 1 FROM licenses l WHERE l.product_no = :no)
      """;

  private final Handle handle;

  SqlProductStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Product> find(long accountNo, String name) {
    return find(FIND, accountNo, name);
  }

  @Override
  public Optional<Product> lock(long accountNo, String name) {
    return find(LOCK, accountNo, name);
  }

  private Optional<Product> find(String query, long accountNo, String name) {
    return handle
        .createQuery(query)
        .bind("account", accountNo)
        .bind("name", name)
        .map((row, context) -> product(row))
        .findOne();
  }

  @Override
  public Page<Product> list(long accountNo, int limit, @Nullable String startingAfter) {
    List<Product> products =
        handle
            .createQuery(LIST)
            .bind("account", accountNo)
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("limit", limit + 1)
            .map((row, context) -> product(row))
            .list();
    return Page.of(products, limit);
  }

  @Override
  public boolean insert(long accountNo, Product product) {
    return bind(handle.createUpdate(INSERT), accountNo, product)
            .bind("created_at", product.createdAt().toEpochMilli())
            .execute()
        > 0;
  }

  @Override
  public void update(long accountNo, Product product) {
    bind(handle.createUpdate(UPDATE), accountNo, product).bind("no", product.no()).execute();
  }

  @Override
  public boolean delete(long accountNo, long productNo) {
    return handle.createUpdate(DELETE).bind("no", productNo).bind("account", accountNo).execute()
        > 0;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, long accountNo, Product product) {
    return statement
        .bind("account", accountNo)
        .bind("name", product.name())
        .bind("key_prefix", product.keyPrefix())
        .bind("key_groups", product.keyGroups())
        .bind("require_product", Rows.flag(product.requireProduct()))
        .bind("updated_at", product.updatedAt().toEpochMilli());
  }

  /** The product in a row that names its columns as {@link #COLUMNS} does. */
  static Product product(ResultSet row) throws SQLException {
    return new Product(
        row.getLong("product_no"),
        row.getString("product_name"),
        row.getString("key_prefix"),
        row.getInt("key_groups"),
        Rows.flag(row, "require_product"),
        Rows.instant(row, "product_created_at"),
        Rows.instant(row, "product_updated_at"));
  }
}
