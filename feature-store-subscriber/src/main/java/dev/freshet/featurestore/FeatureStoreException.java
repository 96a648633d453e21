package dev.freshet.featurestore;

/** The feature store did not answer, or refused; the work can be repeated as it was. */
public final class FeatureStoreException extends RuntimeException {

  FeatureStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
