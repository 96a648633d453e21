package dev.freshet.authoring.scaffold;

/**
 * A call of a factory in a declaration.
 *
 * @param code such as {@code percentile(90)}
 * @param imported the static import it needs
 * @param made what the call makes
 */
record Call<T>(String code, String imported, T made) {

  static <T> Call<T> of(Class<?> factories, String method, String arguments, T made) {
    return new Call<>(method + "(" + arguments + ")", factories.getName() + "." + method, made);
  }
}
