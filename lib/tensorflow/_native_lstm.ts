export { plainLstm as nativeLstm } from "./_plain_lstm.ts";
