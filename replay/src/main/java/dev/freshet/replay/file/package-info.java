/** Reading and writing of files, whatever their content. */
package dev.freshet.replay.file;
