/** Files as they are read and written, whatever they hold. */
package dev.freshet.replay.file;
