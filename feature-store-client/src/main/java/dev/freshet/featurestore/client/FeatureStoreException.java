package dev.freshet.featurestore.client;

/** The feature store did not answer, or refused; the work can be repeated as it was. */
public final class FeatureStoreException extends RuntimeException {

  public FeatureStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
