/**
 * The command line: {@link dev.licet.cli.CommandLineInterface} runs the commands, {@link
 * dev.licet.cli.Program} is what they need of the rest of the program.
 */
@NullMarked
package dev.licet.cli;

import org.jspecify.annotations.NullMarked;
